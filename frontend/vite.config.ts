// SPDX-License-Identifier: EUPL-1.2
// Builds the site's assets into the folder that Django serves; the manifest tells the hashed names.
import { resolve } from "node:path";
import { defineConfig } from "vitest/config";

const entries = ["site", "accounts", "dots", "outlooks", "briefings", "intakes", "street", "signals"];

export default defineConfig({
  base: "/static/built/",
  publicDir: false,
  css: { transformer: "lightningcss" }, // drops the @charset that stands inside the components
  build: {
    outDir: resolve(import.meta.dirname, "../src/stip_web/static/built"),
    emptyOutDir: true,
    manifest: "manifest.json",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0, // the Content-Security-Policy knows no data: scripts or fonts
    rollupOptions: {
      input: {
        ...Object.fromEntries(entries.map((name) => [name, resolve(import.meta.dirname, `src/${name}/main.ts`)])),
        street_worker: resolve(import.meta.dirname, "src/street/worker.ts"), // a file that imports nothing
      },
    },
  },
  test: { include: ["src/**/*.test.ts"] },
});
