import React from 'react';
export default () => <div className="kg">…</div>;
