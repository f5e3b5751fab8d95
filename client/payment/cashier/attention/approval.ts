import type { REFUND_WAYS } from '#shared/payment/payment.ts'
import type { CommandArgs } from '#shared/protocol.ts'

export type Approval = CommandArgs<'payment.confirm'>['approval']
export type RefundWay = (typeof REFUND_WAYS)[number]

/** What a manager said besides the PIN. */
export type ApprovalAnswer = {
  readonly approval: Approval
  readonly reason: string
  /** 0 where the request names no amount. */
  readonly amountRp: number
  readonly way: RefundWay
  /** A share instead of the amount, where the request offers some. */
  readonly permille: number | null
  /** What goes back is to be paid again in another way. */
  readonly owesAgain: boolean
}

export type ApprovalRequest = {
  readonly title: string
  readonly text: string
  /** What the last button says. */
  readonly action: string
  /** Ready-made reasons; another can be typed. Null where none is asked for. */
  readonly reasons: readonly string[] | null
  /** The reason that is most likely; nothing is chosen without. */
  readonly likelyReason?: string
  /** Why the server would say no to it, in words, or null: asked before a manager is. */
  readonly objection?: (answer: Pick<ApprovalAnswer, 'amountRp' | 'owesAgain'>) => string | null
  /** An amount to be given back: what is proposed, and the most that it may be. */
  readonly amount: { readonly proposedRp: number; readonly maxRp: number } | null
  /** Shares that may be given instead of an amount. */
  readonly permilles?: readonly number[]
  /** Asks whether it is to be paid again in another way. */
  readonly mayOweAgain?: boolean
  /** Offered only where there is a choice. */
  readonly ways: readonly RefundWay[]
  /** Does it; answers why it was not done, in words, or null. */
  readonly run: (answer: ApprovalAnswer) => Promise<string | null>
}
