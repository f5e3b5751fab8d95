// Loaded before each test file: what its tests began and did not end themselves goes with the file.
import { afterAll } from 'vitest'
import { endEverything } from '../meja-process.ts'

afterAll(endEverything)
