import { clockFaces, dateOfDay, dayNumber, dueSteps, nextStepOn, shanghaiDate } from '#domain';
import {
  BACKOFFICE,
  licenceChanged,
  licenceClock,
  licenceWorkflowId,
  type LicenceLook,
  type RemindLicence,
  type RemindLicenceResult,
} from '#workflows';
import { TimeSkippingWorld } from '../support/time-skipping.js';

const DAY_MS = 24 * 3_600_000;
const SHANGHAI_MS = 8 * 3_600_000;
const MORNING_MS = 9 * 3_600_000;

let world: TimeSkippingWorld;
beforeAll(async () => {
  world = await TimeSkippingWorld.start();
}, 60_000);
afterAll(() => world.stop());

const start = (licenceId: string) =>
  world.env.client.workflow.start<(input: RemindLicence) => Promise<RemindLicenceResult>>(
    'remindLicence',
    {
      taskQueue: BACKOFFICE,
      workflowId: licenceWorkflowId(licenceId),
      args: [{ licenceId }],
    },
  );

/** A licence whose rows are kept here: the steps told, by clock, and the day on which each was told. */
class Register {
  readonly told: { clock: string; daysLeft: number; lateDays: number }[] = [];
  expiryLadder: number[] = [];

  constructor(
    private readonly enteredOn: string,
    private readonly expiresOn: string,
    private readonly leadDays: number,
    private readonly endsAfter: string,
  ) {}

  async look(): Promise<LicenceLook> {
    const nowMs = await world.nowMs();
    const today = shanghaiDate(nowMs);
    if (today > this.endsAfter) return { told: 0, waitMs: null };
    const faces = clockFaces({
      effectiveOn: this.enteredOn,
      expiresOn: this.expiresOn,
      applyBy: dateOfDay(dayNumber(this.expiresOn) - this.leadDays),
      reviewDays: null,
      reviewedOn: null,
      expiryLadder: this.expiryLadder,
      applyLadder: [],
      isRenewing: false,
      enteredOn: this.enteredOn,
    });
    let told = 0;
    for (const { clock, daysLeft, dueOn } of faces.flatMap((face) => dueSteps(face, today))) {
      if (this.told.some((one) => one.clock === clock && one.daysLeft === daysLeft)) continue;
      this.told.push({ clock, daysLeft, lateDays: dayNumber(today) - dayNumber(dueOn) });
      told += 1;
    }
    const nextOn = faces
      .map((face) => nextStepOn(face, today))
      .reduce((one, other) => (one < other ? one : other));
    return {
      told,
      waitMs: dayNumber(nextOn) * DAY_MS - SHANGHAI_MS + MORNING_MS - nowMs,
    };
  }

  of(clock: string): number[] {
    return this.told.filter((one) => one.clock === clock).map(({ daysLeft }) => daysLeft);
  }
}

const plus = (date: string, days: number): string => dateOfDay(dayNumber(date) + days);

describe('the run of a licence', () => {
  it('walks both ladders, each step on its day, and then daily until it is followed by another one', async () => {
    const today = shanghaiDate(await world.nowMs());
    const register = new Register(today, plus(today, 200), 90, plus(today, 205));
    const result = await world.play({ lookAtLicence: () => register.look() }, async () =>
      (await start('ladders')).result(),
    );
    expect(result).toEqual({ end: 'silent' });
    expect(register.of('expiry')).toEqual([
      180, 120, 90, 60, 30, 14, 7, 3, 1, 0, -1, -2, -3, -4, -5,
    ]);
    expect(register.of('apply-by').slice(0, 9)).toEqual([90, 60, 30, 14, 7, 1, 0, -1, -2]);
    expect(register.of('apply-by').at(-1)).toBe(-95);
    expect(register.told.filter(({ lateDays }) => lateDays > 0)).toEqual([]);
  });

  it('follows another ladder at once, without waiting for the step of the old one', async () => {
    const today = shanghaiDate(await world.nowMs());
    const register = new Register(today, plus(today, 100), 0, plus(today, 61));
    await world.play({ lookAtLicence: () => register.look() }, async () => {
      const run = await start('changed');
      await world.env.sleep(DAY_MS);
      register.expiryLadder = [95, 40];
      await run.signal(licenceChanged);
      await world.env.sleep(6 * DAY_MS);
      expect(register.of('expiry')).toEqual([120, 95]);
      expect(await run.query(licenceClock)).toMatchObject({ told: 2 });
      expect(await run.result()).toEqual({ end: 'silent' });
    });
    expect(register.of('expiry')).toEqual([120, 95, 40]);
  });

  it('ends at once where no clock runs', async () => {
    await world.play(
      { lookAtLicence: () => Promise.resolve({ told: 0, waitMs: null }) },
      async () => expect(await (await start('silent')).result()).toEqual({ end: 'silent' }),
    );
  });
});
