import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { CredentialsService } from './credentials.service.js';
import { NoncesService } from './nonces.service.js';
import { SignatureGuard } from './signature.guard.js';

@Global()
@Module({
  providers: [CredentialsService, NoncesService, { provide: APP_GUARD, useClass: SignatureGuard }],
  exports: [NoncesService],
})
export class SigningModule {}
