import sharp from 'sharp'

// These hold for the whole process. Left alone, each picture takes every core and what it needed stays
// in memory: eight uploads at once kept orders waiting for seconds.
sharp.concurrency(1)
sharp.cache(false)

export { sharp }
