interface Watched {
  readonly answers: () => Promise<boolean>;
  readonly hungAfterMs: number;
  readonly isOver: () => boolean;
  readonly ended: Promise<void>;
}

/** Typed here: the compiler is not asked about the programs that run without it. */
const WATCH: string = './hang-watch.mjs';
const { untilHung } = (await import(WATCH)) as {
  untilHung: (watched: Watched) => Promise<string>;
};

const HUNG_AFTER_MS = 90;
const never = new Promise<void>(() => undefined);

/** Watches a part that answers as told, one after the other, and has ended when the answers are used up. */
async function watch(answers: readonly (boolean | 'fails')[]): Promise<string> {
  let asked = 0;
  return untilHung({
    hungAfterMs: HUNG_AFTER_MS,
    ended: never,
    isOver: () => asked >= answers.length,
    answers: async () => {
      const answer = answers[asked];
      asked += 1;
      if (answer === 'fails') throw new Error('no connection');
      return answer === true;
    },
  });
}

it('calls a part hung when misses fill the whole time without a break', async () => {
  expect(await watch([true, false, 'fails', false, false, false, false])).toMatch(/^0\.\d s$/);
});

it('leaves a part alone that answers in between, however rarely', async () => {
  expect(await watch([false, false, true, false, false, true, 'fails', false, true])).toBe('');
});

it('stops at once when the part has ended', async () => {
  const answers = (): Promise<boolean> => Promise.reject(new Error('nobody asks'));
  const isOver = (): boolean => true;
  expect(await untilHung({ answers, isOver, hungAfterMs: 60_000, ended: Promise.resolve() })).toBe(
    '',
  );
});
