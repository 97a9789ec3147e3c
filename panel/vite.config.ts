import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** `npm run build` writes dist/panel, which the API serves; `npx vite panel` serves the page for development, with a running API. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: { outDir: '../dist/panel', emptyOutDir: true, chunkSizeWarningLimit: 900 },
  server: { proxy: { '/api': 'http://127.0.0.1:7070', '/sign-in': 'http://127.0.0.1:7070' } },
})
