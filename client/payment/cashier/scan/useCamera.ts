import { onBeforeUnmount, ref, type ShallowRef, watch } from 'vue'
import { type CameraReader, openCameraReader } from './camera-reader.ts'

type CameraState = 'off' | 'starting' | 'reading' | 'denied' | 'none' | 'insecure' | 'broken'

/** Often enough to feel at once, seldom enough for an old tablet. */
const LOOK_EVERY_MS = 160

/** No camera, none such, one that another program holds, one that does not start. */
const UNUSABLE = ['NotFoundError', 'OverconstrainedError', 'NotReadableError', 'AbortError']

function stateOf(error: unknown): CameraState {
  const name = error instanceof DOMException ? error.name : ''
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied'
  return UNUSABLE.includes(name) ? 'none' : 'broken'
}

/** The camera while `isOpen`; it goes dark as soon as a code was read, the sheet closes or the page goes. */
export function useCamera(
  video: Readonly<ShallowRef<HTMLVideoElement | null>>,
  isOpen: () => boolean,
  onCode: (text: string) => void,
) {
  const state = ref<CameraState>('off')
  let stream: MediaStream | null = null
  let timer: number | undefined

  function stop(): void {
    window.clearTimeout(timer)
    for (const track of stream?.getTracks() ?? []) track.stop()
    stream = null
    state.value = 'off'
  }

  async function start(): Promise<void> {
    // A browser has no camera to give where the page did not come safely.
    if (!navigator.mediaDevices) {
      state.value = 'insecure'
      return
    }
    state.value = 'starting'
    try {
      const [read, opened] = await Promise.all([
        openCameraReader(),
        navigator.mediaDevices.getUserMedia({
          video: { facingMode: { ideal: 'environment' } },
          audio: false,
        }),
      ])
      stream = opened
      if (!isOpen() || !video.value) {
        stop()
        return
      }
      video.value.srcObject = opened
      await video.value.play()
      state.value = 'reading'
      look(read)
    } catch (error) {
      stop()
      state.value = stateOf(error)
    }
  }

  function look(read: CameraReader): void {
    timer = window.setTimeout(async () => {
      if (state.value !== 'reading' || !video.value) return
      // One picture that cannot be read is like one without a code.
      const text = await read(video.value).catch(() => null)
      if (state.value !== 'reading') return
      if (text === null) {
        look(read)
        return
      }
      stop()
      onCode(text)
    }, LOOK_EVERY_MS)
  }

  watch(isOpen, (open) => (open ? void start() : stop()), { immediate: true, flush: 'post' })
  onBeforeUnmount(stop)
  return { state }
}
