// Runs in a thread of its own: while the log is copied the server goes on answering.
import { parentPort, workerData } from 'node:worker_threads'
import { shortenLog } from './shorten-log.ts'

parentPort?.postMessage(shortenLog(String(workerData)))
