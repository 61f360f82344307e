import { defineCollection } from 'astro:content';
import { docsSchema } from '@astrojs/starlight/schema';
import { glob } from 'astro/loaders';
import { z } from 'astro/zod';

/** Pages of prose that are not days: `content/es/about.mdx` is `/es/about/`. */
const docs = defineCollection({
  loader: glob({ base: './content', pattern: '{es,en}/*.mdx' }),
  schema: docsSchema(),
});

/** Lessons: `content/es/days/01-one-turn-of-the-loop.mdx`. */
const days = defineCollection({
  loader: glob({ base: './content', pattern: '{es,en}/days/*.mdx' }),
  schema: z.strictObject({
    title: z.string(),
    /** One sentence: search results and the map show it. */
    description: z.string(),
    day: z.string().regex(/^d\d{2}$/, 'the id of a day in content/curriculum.yaml, like d01'),
    /** Ids of content/glossary.yaml that the day introduces. */
    terms: z.array(z.string()),
  }),
});

export const collections = { docs, days };
