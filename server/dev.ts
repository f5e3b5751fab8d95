import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createServer } from 'vite'

// Two processes: the server, restarted when its sources change, and Vite in front of it with the pages.
const port = Number(process.env.PORT || 8080)
const serverPort = port + 1
const root = join(import.meta.dirname, '..')

const server = spawn(
  process.execPath,
  ['--watch', '--watch-path=server', '--watch-path=shared', join('server', 'main.ts')],
  {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      PORT: String(serverPort),
      PUBLIC_URL: process.env.PUBLIC_URL || `http://localhost:${port}`,
    },
  },
)
process.on('exit', () => server.kill())

const vite = await createServer({
  configFile: join(root, 'vite.config.ts'),
  appType: 'spa',
  server: {
    port,
    strictPort: true,
    host: process.env.HOST || '0.0.0.0',
    proxy: {
      '^/(api|healthz|photos|icons|(manifest|staff)\\.webmanifest)': {
        target: `http://localhost:${serverPort}`,
      },
    },
  },
  plugins: [
    {
      name: 'staff-pages',
      configureServer: (dev) => {
        dev.middlewares.use((request, _response, next) => {
          const isPage = request.headers.accept?.includes('text/html') ?? false
          if (isPage && request.url?.startsWith('/staff')) request.url = '/staff.html'
          next()
        })
      },
    },
  ],
})
await vite.listen()
vite.printUrls()
