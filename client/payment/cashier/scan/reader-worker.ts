import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url'

// Says "ready" once; then answers each picture with the text of its code, or null.
self.addEventListener('message', async ({ data }: MessageEvent<ImageData>) => {
  const found = await readBarcodes(data, { formats: ['QRCode', 'Code128'], maxNumberOfSymbols: 1 }).catch(
    () => [],
  )
  self.postMessage(found[0]?.text ?? null)
})

prepareZXingModule({ overrides: { locateFile: () => wasmUrl }, fireImmediately: true }).then(
  () => self.postMessage('ready'),
  (error: unknown) => self.postMessage(String(error)),
)
