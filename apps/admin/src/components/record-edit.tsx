import { Button, DrawerContent, DrawerFooter } from '@adminjs/design-system';
import { ApiClient, BasePropertyComponent, useRecord, useTranslation } from 'adminjs';
import React, { type ComponentProps, type ComponentType, useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import { type Chosen, ConflictPanel } from './conflict-panel';
import { SureForm } from './sure-form';
import type { FieldProps, RecordJson, ResourceJson } from './types';

const api = new ApiClient();
const Property = BasePropertyComponent as unknown as ComponentType<FieldProps & { where: 'edit' }>;
type Given = ComponentProps<typeof BasePropertyComponent>['record'];

interface Props {
  readonly record: RecordJson;
  readonly resource: ResourceJson;
}

/** What stood in the form when somebody else's change was noticed. */
interface Conflict {
  readonly loaded: RecordJson;
  readonly mine: RecordJson;
  readonly current: RecordJson;
}

async function readCurrent(resourceId: string, recordId: string): Promise<RecordJson> {
  const answer = await api.recordAction({ resourceId, recordId, actionName: 'show' });
  return (answer.data as unknown as { record: RecordJson }).record;
}

const isStale = ({ errors }: RecordJson): boolean => errors?.['_record']?.type === 'stale';

/**
 * The form of a record. When somebody else has changed it meanwhile, both versions stand side by side: nothing that was typed is
 * lost, and nothing of theirs is written over unseen.
 */
const RecordEdit = ({ record: loaded, resource }: Props) => {
  const { translateButton } = useTranslation();
  const navigate = useNavigate();
  const { record, handleChange, submit, loading, setRecord } = useRecord(
    loaded as unknown as Given,
    resource.id,
  );
  const [base, setBase] = useState(loaded);
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const form = record as unknown as RecordJson;
  useEffect(() => {
    setRecord(loaded as never);
    setBase(loaded);
  }, [loaded]);
  const save = async (changed: Chosen = {}, from = base) => {
    const mine = { ...form, params: { ...form.params, ...changed } };
    const { data } = await submit(changed as Record<string, string>);
    const answered = data.record as unknown as RecordJson;
    if (isStale(answered))
      setConflict({ loaded: from, mine, current: await readCurrent(resource.id, form.id) });
    else if (data.redirectUrl) navigate(freshAddress(data.redirectUrl));
  };
  const settle = (chosen: Chosen, current: RecordJson) => {
    setConflict(null);
    setBase(current);
    const settled = { ...chosen, version: current.params['version'] };
    setRecord((before) => ({ ...before, params: { ...before.params, ...settled } }) as never);
    void save(settled, current);
  };
  if (conflict)
    return (
      <ConflictPanel
        {...conflict}
        resource={resource}
        onSettled={(chosen) => settle(chosen, conflict.current)}
      />
    );
  return (
    <SureForm resourceId={resource.id}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <DrawerContent>
          {resource.editProperties.map((property) => (
            <Property
              key={property.propertyPath}
              where="edit"
              onChange={handleChange as FieldProps['onChange']}
              property={property}
              resource={resource}
              record={form}
            />
          ))}
        </DrawerContent>
        <DrawerFooter>
          <Button variant="contained" type="submit" data-testid="button-save" disabled={loading}>
            {translateButton('save', resource.id)}
          </Button>
        </DrawerFooter>
      </form>
    </SureForm>
  );
};

/** The page behind is read anew. */
function freshAddress(address: string): string {
  const [path = '', query = ''] = address.split('?');
  const params = new URLSearchParams(query);
  params.set('refresh', 'true');
  return `${path}?${params.toString()}`;
}

export default RecordEdit;
