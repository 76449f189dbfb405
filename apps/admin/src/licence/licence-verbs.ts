import type { Pool } from 'pg';
import {
  mayStaff,
  VERIFICATION_RESULTS,
  type LicenceStanding,
  type Permission,
  type RenewalStatus,
} from '#domain';
import { translate } from '#domain/i18n';
import type { Verb } from '../components/views.js';
import type { PanelStaff } from '../resource/resource-definition.js';

const reason = { name: 'reason', label: 'common.reason' } as const;
const field = (name: string, isOptional = false): NonNullable<Verb['fields']>[number] => ({
  name,
  label: `licence.${name}`,
  isOptional,
});

type More = Partial<Verb> & { readonly needs: Permission };
const act =
  (staff: PanelStaff, base: string) =>
  (name: string, path: string, { needs, ...more }: More): Verb[] =>
    mayStaff(staff.role, needs)
      ? [{ name, path: `${base}/${path}`, kind: 'post', tone: 'plain', fields: [reason], ...more }]
      : [];

/** What can be done with a licence now. */
export async function licenceVerbs(
  pool: Pool,
  staff: PanelStaff,
  id: string,
): Promise<readonly Verb[]> {
  const { rows } = await pool.query<{
    standing: LicenceStanding;
    isVerified: boolean;
    isPerpetual: boolean;
    isOwn: boolean;
    isOpen: boolean;
  }>(
    `SELECT standing, verified_at IS NOT NULL AS "isVerified", expires_on IS NULL AS "isPerpetual",
       lower(recorded_by) = lower($2) AS "isOwn",
       EXISTS (SELECT 1 FROM licence_renewals r WHERE r.licence_id = l.id AND r.status NOT IN ('active', 'given-up'))
         OR EXISTS (SELECT 1 FROM licences n WHERE n.previous_id = l.id) AS "isOpen"
     FROM licences l WHERE id = $1`,
    [id, staff.email],
  );
  const [now] = rows;
  if (!now || now.standing === 'revoked' || now.standing === 'surrendered') return [];
  const verb = act(staff, `licences/${id}`);
  return [
    ...verb(now.isVerified ? 'noteVerification' : 'verifyLicence', 'verify', {
      needs: 'licence.verify',
      tone: now.isVerified ? 'plain' : 'main',
      hint: 'licence.verifyHint',
      fields: [
        {
          ...field('result'),
          options: VERIFICATION_RESULTS.map((value) => ({
            value,
            text: translate(staff.language, `enum.verificationResult.${value}`),
          })),
        },
        field('registry'),
        field('note', true),
        field('documentId', true),
      ],
    }),
    ...(now.isOpen || now.isPerpetual
      ? []
      : verb('startRenewal', 'renewal', {
          needs: 'licence.write',
          tone: now.isVerified ? 'main' : 'plain',
          hint: 'licence.startHint',
        })),
    ...verb('reviewLicence', 'review', { needs: 'licence.write', hint: 'licence.reviewHint' }),
    ...standingVerbs(staff, id, now.standing === 'suspended'),
  ];
}

/** What an authority or a partner may say of it. */
function standingVerbs(staff: PanelStaff, id: string, isSuspended: boolean): readonly Verb[] {
  const say = (name: string, to: LicenceStanding, tone: Verb['tone'] = 'plain') =>
    act(staff, `licences/${id}`)(`${name}Licence`, 'standing', {
      needs: 'licence.verify',
      tone,
      hint: `licence.${name}Hint`,
      body: { to },
    });
  return [
    ...(isSuspended ? say('reinstate', 'in-force') : say('suspend', 'suspended')),
    ...say('revoke', 'revoked', 'danger'),
    ...say('surrender', 'surrendered', 'danger'),
  ];
}

/** The next step of a renewal. */
export async function renewalVerbs(
  pool: Pool,
  staff: PanelStaff,
  id: string,
): Promise<readonly Verb[]> {
  const { rows } = await pool.query<{ status: RenewalStatus }>(
    'SELECT status FROM licence_renewals WHERE id = $1',
    [id],
  );
  const verb = act(staff, `renewals/${id}`);
  const giveUp = verb('giveUpRenewal', 'give-up', {
    needs: 'licence.write',
    tone: 'danger',
    hint: 'licence.giveUpHint',
  });
  const receive = verb('receiveRenewal', 'received', {
    needs: 'licence.write',
    tone: 'main',
    hint: 'licence.receiveHint',
    fields: [
      field('newNumber'),
      field('newIssuedOn', true),
      field('newEffectiveOn', true),
      field('newExpiresOn', true),
    ],
  });
  switch (rows[0]?.status) {
    case 'collecting':
      return [
        ...verb('submitRenewal', 'submitted', {
          needs: 'licence.write',
          tone: 'main',
          hint: 'licence.submitHint',
          fields: [field('receiptNo'), field('submittedOn')],
        }),
        ...giveUp,
      ];
    case 'submitted':
      return [
        ...verb('noteRenewalReview', 'review', {
          needs: 'licence.write',
          hint: 'licence.reviewStepHint',
        }),
        ...receive,
        ...giveUp,
      ];
    case 'in-review':
      return [...receive, ...giveUp];
    case 'received':
      return [
        ...verb('activateRenewal', 'activate', {
          needs: 'licence.verify',
          tone: 'main',
          hint: 'licence.activateHint',
          fields: [field('registry'), field('note', true)],
        }),
        ...giveUp,
      ];
    case 'active':
    case 'given-up':
    case undefined:
      return [];
  }
}

/** A product that no licence covers may be let through by two people. */
export async function gateVerbs(
  pool: Pool,
  staff: PanelStaff,
  productId: string,
): Promise<readonly Verb[]> {
  const { rowCount } = await pool.query(
    `SELECT 1 FROM sale_gates WHERE product_id = $1 AND NOT is_revoked
       AND sell_until < (now() AT TIME ZONE 'Asia/Shanghai')::date AND (override_until IS NULL OR override_until < now())`,
    [productId],
  );
  if (rowCount === 0) return [];
  return act(staff, `products/${productId}`)('overrideGate', 'override', {
    needs: 'licence.write',
    tone: 'danger',
    hint: 'licence.overrideHint',
    fields: [field('hours'), field('platformCode', true), reason],
    hasFormKey: true,
  });
}

export async function ruleReadVerbs(
  _pool: Pool,
  staff: PanelStaff,
  id: string,
): Promise<readonly Verb[]> {
  return act(staff, `legal-rules/${id}`)('rereadRule', 'read', {
    needs: 'licence.verify',
    hint: 'licence.ruleHint',
  });
}

export async function typeReadVerbs(
  _pool: Pool,
  staff: PanelStaff,
  id: string,
): Promise<readonly Verb[]> {
  return act(staff, `licence-types/${id}`)('rereadType', 'read', {
    needs: 'licence.verify',
    hint: 'licence.typeHint',
  });
}
