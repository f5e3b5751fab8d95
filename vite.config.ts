import { join } from 'node:path'
import vue from '@vitejs/plugin-vue'
import { defineConfig, type Plugin } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'

/*
 * Two builds from one file: `vite build` makes the customer's app in dist/, `vite build --mode staff` makes
 * board and back office in dist/staff/. They share no chunk, so a customer never downloads staff code.
 * `npm run build` runs both into a fresh folder and carries over what phones may still ask for (server/platform/start/build.ts).
 */
const projectFolder = import.meta.dirname
const distFolder = join(projectFolder, 'dist')

const customerChunks = [
  {
    name: 'vendor',
    test: /node_modules[\\/](?!minisearch|workbox|qrcode|dijkstrajs)/,
    priority: 3,
    includeDependenciesRecursively: false,
  },
  // What the first view and the later ones share, in one piece instead of a dozen.
  {
    name: 'common',
    test: /preload-helper|export-helper|rolldown[\\/]runtime|client[\\/](?:sync|menu[\\/]item[\\/](?:item-art|ItemPicture|useItemWords)|ordering[\\/]cart[\\/](?:useCart\.|cart-(?:lines|storage|review))|ui[\\/](?!(?:use)?Bottom|field|style[\\/]load|device[\\/]use(?:Sound|Wake|Full))|tables|i18n[\\/](?!orders|lost|payment|pickup|storage|.*\.en\.ts))|shared[\\/](?!menu[\\/]search|ordering[\\/](?:slots|queue)|payment[\\/](?:apportion|bill|payment-(?:code|commands|status)|qris|split|standing)\b)/,
    priority: 2,
    includeDependenciesRecursively: false,
  },
  // What the pages of paying share; nothing of it comes before somebody asks for the bill.
  {
    name: 'paying',
    test: /client[\\/](?:payment[\\/](?!style)|i18n[\\/]payment[\\/](?!bill-?link)|codes)|shared[\\/]payment[\\/](?:apportion|bill|payment-(?:code|commands|status)|qris|split|standing)\b/i,
    priority: 2,
    includeDependenciesRecursively: false,
  },
]

export default defineConfig(({ command, mode }) => {
  const isStaffBuild = command === 'build' && mode === 'staff'
  return {
    root: join(projectFolder, 'client'),
    base: isStaffBuild ? '/staff/' : '/',
    // Its package names the version for old bundlers, which is larger and is taken whole.
    resolve: { alias: [{ find: /^dexie$/, replacement: 'dexie/dist/modern/dexie.mjs' }] },
    publicDir: isStaffBuild ? false : join(projectFolder, 'public'),
    plugins: [
      vue({ features: { optionsAPI: false } }),
      worker(isStaffBuild ? 'staff.ts' : 'customer.ts', isStaffBuild ? '/staff/' : '/'),
    ],
    build: {
      outDir: isStaffBuild ? join(distFolder, 'staff') : distFolder,
      emptyOutDir: true,
      // Old phones scan too: the syntax is lowered to what browsers spoke when <dialog> reached the last of them.
      target: ['chrome100', 'safari15.4', 'firefox100'],
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      reportCompressedSize: false,
      // One stylesheet and few chunks: on a phone far from the server each further answer costs more than its bytes.
      cssCodeSplit: isStaffBuild,
      rolldownOptions: {
        // Who starts the shop for the first time need not read how long each plugin took.
        checks: { pluginTimings: false },
        // shared/ is pure: of its modules the first view takes what it uses, and waits for no other's file.
        optimization: { inlineConst: true },
        treeshake: { moduleSideEffects: [{ test: /[\\/]shared[\\/]/, sideEffects: false }] },
        input: join(projectFolder, 'client', isStaffBuild ? 'staff.html' : 'index.html'),
        output: isStaffBuild ? {} : { codeSplitting: { groups: customerChunks } },
      },
    },
  }
})

function worker(source: string, scope: string): Plugin[] {
  return VitePWA({
    strategies: 'injectManifest',
    filename: 'sw.js',
    scope,
    base: scope,
    registerType: 'prompt',
    injectRegister: null,
    manifest: false,
    injectManifest: {
      // The worker is one plain script; as a module the plugin would ask the bundler for it in words it no longer knows.
      rollupFormat: 'iife',
      globPatterns: ['**/*.{html,js,css,woff2}'],
      globIgnores: ['staff/**', 'sw-tombstone.js', 'retry.js', '**/sw.js'],
    },
    integration: {
      // The plugin would name the worker after its source; both must be called sw.js, each in its own scope.
      beforeBuildServiceWorker(options) {
        options.swSrc = join(projectFolder, 'client/sw', source)
      },
    },
  })
}
