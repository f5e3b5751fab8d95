// What stood beside a thing when it was taken out of the page: the next card after one that was answered.

type Siblings = { readonly next: Node | null; readonly previous: Node | null }

const MAX_STEPS = 200
const siblingsOf = new WeakMap<Node, Siblings>()

export function keepSiblings(records: readonly MutationRecord[]): void {
  for (const { removedNodes, nextSibling, previousSibling } of records) {
    for (const node of removedNodes) {
      if (node instanceof HTMLElement) siblingsOf.set(node, { next: nextSibling, previous: previousSibling })
    }
  }
}

/** The first that `homeIn` finds something in: those after the thing, the nearest first, then those before it. */
export function neighbourOf(
  gone: HTMLElement,
  homeIn: (row: HTMLElement) => HTMLElement | null,
): HTMLElement | null {
  return look(gone, 'next', homeIn) ?? look(gone, 'previous', homeIn)
}

function look(
  gone: HTMLElement,
  way: keyof Siblings,
  homeIn: (row: HTMLElement) => HTMLElement | null,
): HTMLElement | null {
  let node: Node | null = gone
  for (let step = 0; node && step < MAX_STEPS; step += 1) {
    if (node.isConnected) node = way === 'next' ? node.nextSibling : node.previousSibling
    else node = siblingsOf.get(node)?.[way] ?? null
    const home = node instanceof HTMLElement ? homeIn(node) : null
    if (home) return home
  }
  return null
}
