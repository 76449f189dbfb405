import { CardVault } from './card-vault.js';
import { MasterKeys, openWith, sealWith } from './master-key.js';

const KEY_1 = Buffer.alloc(32, 1).toString('base64');
const KEY_2 = Buffer.alloc(32, 2).toString('base64');
const FINGERPRINT_KEY = Buffer.alloc(32, 3);
const PLACE = { cardId: '7', productId: 'product-1', batchId: 'batch-1' };
const CARD = { cardNo: '卡-123', cardPassword: 'p,"\n' };

const aVault = (keys = `m1:${KEY_1}`): CardVault =>
  new CardVault(MasterKeys.parse(keys), FINGERPRINT_KEY);

describe('the card vault', () => {
  it('gives back what was sealed, also in another process', () => {
    const vault = aVault();
    const dataKeySealed = vault.newDataKey(PLACE.batchId);
    const sealed = vault.seal({ ...CARD, ...PLACE }, dataKeySealed);
    expect(aVault().open({ ...PLACE, sealed, dataKeySealed })).toEqual(CARD);
  });

  it('seals the same card differently every time, and shows nothing of it', () => {
    const vault = aVault();
    const dataKeySealed = vault.newDataKey(PLACE.batchId);
    const once = vault.seal({ ...CARD, ...PLACE }, dataKeySealed);
    const again = vault.seal({ ...CARD, ...PLACE }, dataKeySealed);
    expect(once.equals(again)).toBe(false);
    expect(once.includes(CARD.cardNo)).toBe(false);
  });

  it.each([{ cardId: '8' }, { productId: 'product-2' }, { batchId: 'batch-2' }])(
    'does not open a card that was moved to %j',
    (elsewhere) => {
      const vault = aVault();
      const dataKeySealed = vault.newDataKey(PLACE.batchId);
      const sealed = vault.seal({ ...CARD, ...PLACE }, dataKeySealed);
      expect(() => aVault().open({ ...PLACE, ...elsewhere, sealed, dataKeySealed })).toThrow();
    },
  );

  it('does not open what was changed by one bit, wherever it is', () => {
    const vault = aVault();
    const dataKeySealed = vault.newDataKey(PLACE.batchId);
    const sealed = vault.seal({ ...CARD, ...PLACE }, dataKeySealed);
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => vault.open({ ...PLACE, sealed: changed, dataKeySealed })).toThrow();
    }
  });

  it('opens old batches after a new master key was put in front, and no longer without the old one', () => {
    const dataKeySealed = aVault().newDataKey(PLACE.batchId);
    const sealed = aVault().seal({ ...CARD, ...PLACE }, dataKeySealed);
    const rotated = aVault(`m2:${KEY_2},m1:${KEY_1}`);
    expect(rotated.open({ ...PLACE, sealed, dataKeySealed })).toEqual(CARD);
    expect(() => aVault(`m2:${KEY_2}`).open({ ...PLACE, sealed, dataKeySealed })).toThrow(
      'master key m1 is not configured',
    );
  });

  it('finds equal numbers by fingerprint, whatever their password, width and blanks', () => {
    const print = (cardNo: string): string => aVault().fingerprint({ cardNo }).toString('hex');
    expect(print(' ABC123 ')).toBe(print('ＡＢＣ１２３'));
    expect(print('ABC123')).not.toBe(print('abc123'));
    const other = new CardVault(MasterKeys.parse(`m1:${KEY_1}`), Buffer.alloc(32, 9));
    expect(other.fingerprint({ cardNo: 'ABC123' }).toString('hex')).not.toBe(print('ABC123'));
  });
});

describe('master keys', () => {
  it.each([
    ['', 'short id'],
    ['m1', 'not 32 bytes'],
    ['m1:AAAA', 'not 32 bytes'],
    [`a b:${KEY_1}`, 'short id'],
  ])('refuse %j and say why', (text, reason) => {
    expect(() => MasterKeys.parse(text)).toThrow(reason);
  });

  it('refuse a text that is too short to be sealed', () => {
    expect(() => openWith(Buffer.alloc(32), Buffer.alloc(27), '')).toThrow('too short');
    const sealed = sealWith(Buffer.alloc(32), Buffer.alloc(0), 'here');
    expect(openWith(Buffer.alloc(32), sealed, 'here')).toHaveLength(0);
  });
});
