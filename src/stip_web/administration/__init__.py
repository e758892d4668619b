# SPDX-License-Identifier: EUPL-1.2
"""Beheer: users, roles, jobs, logs and the state of the system, without any incident."""
