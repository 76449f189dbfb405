import { OriginalNew } from 'adminjs';
import React, { type ComponentProps } from 'react';
import { SureForm } from './sure-form';

/** The form of a new record. */
const RecordNew = (props: ComponentProps<typeof OriginalNew>) => (
  <SureForm resourceId={props.resource.id}>
    <OriginalNew {...props} />
  </SureForm>
);

export default RecordNew;
