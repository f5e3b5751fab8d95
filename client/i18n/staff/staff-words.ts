// In a component: `const t = useWords()`, then `{{ t.board.title }}` in the template and `t.value.board.title` in the script;
// a new sentence goes into staff.id.ts first, TypeScript then demands it in staff.en.ts.

import type { Translation } from '../dictionary.ts'
import { createWords } from '../useLanguage.ts'
import { staffId } from './staff.id.ts'

export type StaffWords = Translation<typeof staffId>

export const useWords = createWords<StaffWords>(staffId, () =>
  import('./staff.en.ts').then((module) => module.staffEn),
)
