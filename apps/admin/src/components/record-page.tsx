import { ApiClient, BasePropertyComponent } from 'adminjs';
import React, { type ComponentType, useEffect, useState } from 'react';
import { useLocation } from 'react-router';
import type { Answer } from './ask';
import { WITH_RELATED, WITH_VERBS } from './places';
import type { RecordJson, ResourceJson, ValueProps } from './types';
import { RelatedSections } from './related-sections';
import type { HistoryView } from './find-views';
import { RecordHistory } from './record-history';
import type { RelatedSection, Verb } from './views';
import { useData } from './use-data';
import { VerbAnswer, VerbButton, VerbQuestion } from './verbs';

const isAmong = (names: readonly string[], name: string): boolean => names.includes(name);
const api = new ApiClient();
const Property = BasePropertyComponent as unknown as ComponentType<ValueProps & { where: 'show' }>;

/** The record as the page got it, until it is read again because something was done to it. */
function useFreshRecord(given: RecordJson, resourceId: string) {
  const [fresh, setFresh] = useState<RecordJson | null>(null);
  useEffect(() => setFresh(null), [given]);
  const reload = async () => {
    const answer = await api.recordAction({ resourceId, recordId: given.id, actionName: 'show' });
    setFresh((answer.data as unknown as { record: RecordJson }).record);
  };
  return { record: fresh ?? given, reload };
}

/** A record with what can be done to it above. */
const RecordPage = (props: { record: RecordJson; resource: ResourceJson }) => {
  const { resource } = props;
  const { record, reload } = useFreshRecord(props.record, resource.id);
  const hasVerbs = isAmong(WITH_VERBS, resource.id);
  const { data, load } = useData<{ verbs: readonly Verb[] }>(
    hasVerbs ? `verbs/${resource.id}/${record.id}` : null,
  );
  const related = useData<{ sections: readonly RelatedSection[] }>(
    isAmong(WITH_RELATED, resource.id) ? `related/${resource.id}/${record.id}` : null,
  );
  const history = useData<HistoryView>(`history/${resource.id}/${record.id}`);
  const [verb, setVerb] = useState<Verb | null>(null);
  const [answered, setAnswered] = useState<{ verb: Verb; answer: Answer } | null>(null);
  const verbs = data?.verbs ?? [];
  useAskedVerb(verbs, setVerb);
  const ask = (next: Verb) => {
    setAnswered(null);
    setVerb(next);
  };
  const done = (asked: Verb) => (answer: Answer) => {
    setAnswered({ verb: asked, answer });
    setVerb(null);
    void load();
    void reload();
    void related.load();
    void history.load();
  };
  return (
    <div className="kg inner">
      {verbs.length > 0 ? (
        <div className="kg-row" style={{ marginBottom: 16 }}>
          {verbs.map((one) => (
            <VerbButton key={one.name} verb={one} onAsk={ask} />
          ))}
        </div>
      ) : null}
      {verb ? <VerbQuestion verb={verb} onDone={done(verb)} onClose={() => setVerb(null)} /> : null}
      {answered ? <VerbAnswer {...answered} /> : null}
      <div className="kg-card kg-record">
        {resource.showProperties.map((property) => (
          <Property
            key={property.propertyPath}
            where="show"
            property={property}
            resource={resource}
            record={record}
          />
        ))}
      </div>
      {related.data ? <RelatedSections sections={related.data.sections} /> : null}
      {history.data ? <RecordHistory history={history.data} /> : null}
    </div>
  );
};

/** A link may lead to the question of a verb: it names the verb in the address. */
function useAskedVerb(verbs: readonly Verb[], onAsked: (verb: Verb) => void): void {
  const asked = new URLSearchParams(useLocation().search).get('verb');
  const found = verbs.find(({ name }) => name === asked);
  useEffect(() => {
    if (found) onAsked(found);
  }, [found?.name]);
}

export default RecordPage;
