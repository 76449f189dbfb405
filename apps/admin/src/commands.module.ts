import { Module } from '@nestjs/common';

/** What staff can do beside editing records: each has a controller of its own. */
@Module({ controllers: [], providers: [] })
export class CommandsModule {}
