# SPDX-License-Identifier: EUPL-1.2
"""Messages stay sealed in the database too; who reads a question and who decides on an objection are told apart.

What stood there in clear text is sealed with the key of the inbox. Without a key that can be used nothing changes: the
migration stops with a sentence, and can be done again.
"""

from typing import Any

from django.db import migrations, models

from stip.errors import WorkspaceError
from stip_web.inbox.letters import Kind, Letter, filled_up, read_letter
from stip_web.inbox.sealing import public_of, seal, unseal
from stip_web.reactions.keys import make_key, private_key
from stip_web.workspaces.current import current_workspace


def seal_all(apps: Any, schema_editor: Any) -> None:
    """Seal what was not destroyed yet."""
    written = apps.get_model("reactions", "Message").objects.filter(destroyed_at=None)
    if not written.exists():
        return  # a new installation: there may be no workspace yet
    make_key(current_workspace())
    public = public_of(private_key(current_workspace()))
    for message in written:
        plain = Letter.model_construct(
            number=message.number,
            kind=Kind(message.kind),
            text=message.text,
            name=message.name,
            email=message.email,
            sent_at=message.sent_at,
            answer_by=message.answer_by,
        ).as_bytes()
        if read_letter(plain) is None:  # it could not be opened later; why is not told, for it may be personal
            raise WorkspaceError(f"Bericht {message.number} is niet op slot te zetten. Er is niets veranderd.")
        message.sealed = seal(plain, public)
        message.sealed_reason = seal(filled_up(message.reason.encode()), public) if message.reason else b""
        message.text = message.name = message.email = message.reason = ""
        message.save()


def open_all(apps: Any, schema_editor: Any) -> None:
    """Open them again, for a version of before."""
    for message in apps.get_model("reactions", "Message").objects.filter(destroyed_at=None):
        key = private_key(current_workspace())
        letter = read_letter(unseal(bytes(message.sealed), key) or b"")
        if letter is None:
            raise WorkspaceError(f"Bericht {message.number} kan niet open met de sleutel die er is.")
        message.text, message.name, message.email = letter.text, letter.name, letter.email
        if message.sealed_reason:
            message.reason = (unseal(bytes(message.sealed_reason), key) or b"").decode().rstrip()
        message.save()


def write_anew(apps: Any, schema_editor: Any) -> None:
    """Write the table anew where that is needed: PostgreSQL keeps the bytes of a dropped column, and of a former row."""
    if schema_editor.connection.vendor == "postgresql":
        # The planner must not see through it: of a bare column it skips the rewriting.
        schema_editor.execute(
            "ALTER TABLE reactions_message ALTER COLUMN held TYPE boolean USING (held::int::boolean)"
        )


def tell_apart(apps: Any, schema_editor: Any) -> None:
    """Let the privacy officer read questions, and whoever else answered decide on objections and requests.

    Where the privacy officer did not answer, who did goes on reading questions: else nobody could open them.
    """
    answering = [
        role for role in apps.get_model("accounts", "Role").objects.all() if "message.answer" in role.permissions
    ]
    officer = any(role.code == "privacy_officer" for role in answering)
    for role in answering:
        more = {"message.questions"} if role.code == "privacy_officer" or not officer else set()
        more |= {"message.decide"} if role.code != "privacy_officer" else set()
        role.permissions = sorted({*role.permissions, *more})
        role.save(update_fields=["permissions"])


class Migration(migrations.Migration):
    """Seal, and drop the columns of before."""

    dependencies = [
        ("accounts", "0003_user_team"),
        ("reactions", "0005_answered_once"),
    ]

    operations = [
        migrations.AddField(
            model_name="message",
            name="sealed",
            field=models.BinaryField(blank=True, default=bytes, verbose_name="bericht, op slot"),
        ),
        migrations.AddField(
            model_name="message",
            name="sealed_reason",
            field=models.BinaryField(blank=True, default=bytes, verbose_name="reden van het besluit, op slot"),
        ),
        migrations.RunPython(seal_all, open_all),
        migrations.RemoveField(model_name="message", name="text"),
        migrations.RemoveField(model_name="message", name="name"),
        migrations.RemoveField(model_name="message", name="email"),
        migrations.RemoveField(model_name="message", name="reason"),
        migrations.RunPython(write_anew, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="step",
            name="kind",
            field=models.CharField(
                choices=[
                    ("forwarded", "Doorgestuurd"),
                    ("answered", "Beantwoord"),
                    ("advised", "Advies gegeven aan wie besluit"),
                    ("identity", "Gevraagd wie de afzender is"),
                    ("extended", "De termijn is twee maanden langer; dat is de afzender gezegd, met de reden"),
                    ("held", "Wissen wacht: er loopt bezwaar of beroep"),
                    ("released", "Wissen gaat weer door"),
                ],
                max_length=20,
                verbose_name="wat",
            ),
        ),
        migrations.RunPython(tell_apart, migrations.RunPython.noop),
    ]
