// SPDX-License-Identifier: EUPL-1.2
// Builds the page that measures our dots beside deck.gl; no part of the product.
import { resolve } from "node:path";
import { defineConfig } from "vite";

export default defineConfig({
  base: "./",
  logLevel: "warn",
  build: {
    outDir: process.env.STIP_BENCHMARK_OUT ?? "dist",
    emptyOutDir: true,
    chunkSizeWarningLimit: 2000,
    rollupOptions: { input: resolve(import.meta.dirname, "index.html") },
  },
});
