CREATE TABLE "webhook_replays" (
	"company_id" text collate "C" NOT NULL,
	"webhook_id" text collate "C" NOT NULL,
	"id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "webhook_replays_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"last_at" timestamp (3) with time zone NOT NULL,
	"last_event" text collate "C" NOT NULL,
	"range_end" timestamp (3) with time zone NOT NULL,
	"continued_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "webhook_replays_company_id_webhook_id_id_pk" PRIMARY KEY("company_id","webhook_id","id")
);
--> statement-breakpoint
ALTER TABLE "webhook_deliveries" ADD COLUMN "sending_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "webhook_replays" ADD CONSTRAINT "webhook_replays_company_id_webhook_id_webhooks_company_id_id_fk" FOREIGN KEY ("company_id","webhook_id") REFERENCES "public"."webhooks"("company_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "webhook_replays_by_continued" ON "webhook_replays" USING btree ("continued_at");--> statement-breakpoint
CREATE INDEX "webhook_deliveries_sending" ON "webhook_deliveries" USING btree ("company_id","webhook_id","sending_until") WHERE "webhook_deliveries"."sending_until" is not null;--> statement-breakpoint
-- They are told the time now, and a replay says whether more follows.
DROP FUNCTION IF EXISTS claim_delivery(text);--> statement-breakpoint
DROP FUNCTION IF EXISTS settle_delivery(text, integer, jsonb, double precision, text, text);--> statement-breakpoint
DROP FUNCTION IF EXISTS replay_webhook(text, timestamptz, timestamptz);
