import { type Ref, readonly, shallowRef } from 'vue'

interface ToastAction {
  readonly label: string
  readonly run: () => void
}

export interface Toast {
  readonly id: number
  readonly text: string
  readonly tone: 'plain' | 'ok' | 'warn'
  readonly action: ToastAction | null
  readonly stayMs: number
}

interface ToastRequest {
  readonly text: string
  readonly tone?: Toast['tone']
  readonly action?: ToastAction
}

const mostAtOnce = 3
const plainStayMs = 6_000
const actionStayMs = 12_000
const toasts = shallowRef<readonly Toast[]>([])
let lastId = 0

/** Short news that needs no answer. Anything that must not be missed belongs into a NoticeBox on the page. */
export function useToast(): {
  readonly toasts: Readonly<Ref<readonly Toast[]>>
  readonly showToast: (request: ToastRequest) => number
  readonly dropToast: (id: number) => void
} {
  return { toasts: readonly(toasts), showToast, dropToast }
}

function showToast(request: ToastRequest): number {
  lastId += 1
  const action = request.action ?? null
  const stayMs = action ? actionStayMs : plainStayMs
  const toast: Toast = { id: lastId, text: request.text, tone: request.tone ?? 'plain', action, stayMs }
  toasts.value = [...toasts.value, toast].slice(-mostAtOnce)
  return toast.id
}

function dropToast(id: number): void {
  toasts.value = toasts.value.filter((toast) => toast.id !== id)
}
