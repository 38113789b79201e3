DROP INDEX "imports_staged";--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "kept_until" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "imports_kept" ON "imports" USING btree ("kept_until") WHERE "imports"."kept_until" is not null;