-- A ledger as the first released form wrote it, by its own program; dumped with sqlite3.
BEGIN TRANSACTION;
CREATE TABLE acts (
	number INTEGER NOT NULL, 
	kind VARCHAR(20) NOT NULL, 
	who TEXT NOT NULL, 
	moment VARCHAR(40) NOT NULL, 
	subject TEXT NOT NULL, 
	content VARCHAR(64) NOT NULL, 
	previous VARCHAR(64) NOT NULL, 
	seal VARCHAR(64) NOT NULL, 
	PRIMARY KEY (number), 
	UNIQUE (seal)
);
INSERT INTO "acts" VALUES(1,'report','Amal','2021-05-01T12:00:00+00:00','adeeb7918a8f32c1cb76dd0a0e373f0e41e7db48a72d4d2c439a3ec35f65d6b4','d27eb47f0641c380d677bbb6b996f511bf34e2492e3f8dbf4b9bec7ffd7e9f09','0000000000000000000000000000000000000000000000000000000000000000','976029e27f97e714a995f883168c7005fdfc2263e421f465392103012ec31cf9');
INSERT INTO "acts" VALUES(2,'reading','Amal','2021-05-01T12:00:00+00:00','b528db1d2b5cc47b953b2e848dfe73bb30535e65717e8ed3867e244cd11bfdd5','39f98781d290966035fcf33c62d19207b4ddce2953a651398d950e41a1ffe66c','976029e27f97e714a995f883168c7005fdfc2263e421f465392103012ec31cf9','f54205c4b201713335a58f9530bf0a4a9a905154ed424e4c16cdc8d3847e7789');
INSERT INTO "acts" VALUES(3,'report','Amal','2021-05-01T12:00:00+00:00','9394719056471b6276a800f50aa7ca0ee35d5edf16560a14b361f0de5eb283a2','97578b5e986fa6f08a8fbbbd594bb582d81e08bff6229190a8e8bc15ebe35418','f54205c4b201713335a58f9530bf0a4a9a905154ed424e4c16cdc8d3847e7789','87a73fe3b8813f1c4e469b0f9c437ccb47fdb8305914bb1e4d19bc455c149cfb');
INSERT INTO "acts" VALUES(4,'reading','Amal','2021-05-01T12:00:00+00:00','945bbe40c72e48e1f3d43443072d3ce0373cf134ac3b7f35e7fd816886afa1ea','405901a36ba55769482b78fe9d92bdc48bd53154f8a2912ca738174cc387ce27','87a73fe3b8813f1c4e469b0f9c437ccb47fdb8305914bb1e4d19bc455c149cfb','d74f6ee3eeca8ff5a27dca92890870ab7e8ad6893e959f18c9c2e77bd9688459');
INSERT INTO "acts" VALUES(5,'judgement','Amal','2021-05-01T12:00:00+00:00','ibb1e967e2b92 if275cee3e62e','eb06ac623a310070780a7bde780da0ac3c3450c1dc2f8192c3da5b25fe242e8b','d74f6ee3eeca8ff5a27dca92890870ab7e8ad6893e959f18c9c2e77bd9688459','4aa9a00cfb407529154ac8c98f998c331e49478e42afab0b13892681bc9d65c0');
INSERT INTO "acts" VALUES(6,'revision','Amal','2021-05-01T12:00:00+00:00','ibb1e967e2b92 killed','acefb874f70013b9341d9bed2097dfb00f290cb33614c568c7f47c2acfcae272','4aa9a00cfb407529154ac8c98f998c331e49478e42afab0b13892681bc9d65c0','9e003bee8da38c21af8e142f097fc6c7843b67aae9f05d2037838a0aad328191');
CREATE TABLE judgements (
	act INTEGER NOT NULL, 
	"left" VARCHAR(40) NOT NULL, 
	"right" VARCHAR(40) NOT NULL, 
	verdict VARCHAR(10) NOT NULL, 
	score FLOAT, 
	reasons TEXT NOT NULL, 
	made_by TEXT NOT NULL, 
	made VARCHAR(40) NOT NULL, 
	PRIMARY KEY (act), 
	FOREIGN KEY(act) REFERENCES acts (number)
);
INSERT INTO "judgements" VALUES(5,'ibb1e967e2b92','if275cee3e62e','same',NULL,'["one raid"]','Amal','2021-05-01T12:00:00+00:00');
CREATE TABLE readings (
	"key" VARCHAR(64) NOT NULL, 
	report VARCHAR(64) NOT NULL, 
	body TEXT NOT NULL, 
	program VARCHAR(40) NOT NULL, 
	extractor VARCHAR(40) NOT NULL, 
	recorded VARCHAR(40) NOT NULL, 
	act INTEGER NOT NULL, 
	PRIMARY KEY ("key"), 
	FOREIGN KEY(report) REFERENCES reports ("key"), 
	FOREIGN KEY(act) REFERENCES acts (number)
);
INSERT INTO "readings" VALUES('b528db1d2b5cc47b953b2e848dfe73bb30535e65717e8ed3867e244cd11bfdd5','adeeb7918a8f32c1cb76dd0a0e373f0e41e7db48a72d4d2c439a3ec35f65d6b4','{"breakdowns":[],"claims":[{"according_to":null,"confidence":1.0,"count":{"best":12,"high":12,"low":12,"qualifier":"exact","stated":12,"stated_high":null,"words":"12"},"extractor":"rules","harm":"killed","id":"c1","means":null,"modality":"asserted","perpetrators":[{"actor":{"id":"the militia","name":"the militia"},"basis":"asserted","span":null,"text":"the militia"}],"scope":"incident","span":{"end":24,"quote":"12 civilians were killed","start":0},"victims":{"actor":null,"groups":[],"span":null,"status":"civilian","text":"civilians"},"when":{"end":"2021-04-30","precision":"day","span":null,"start":"2021-04-30","text":"that day"},"where":{"admin1":null,"admin2":null,"country":"NG","gazetteer_id":null,"geoprecision":1,"latitude":null,"longitude":null,"name":"Baga","radius_km":null,"span":null,"text":"Baga"}},{"according_to":null,"confidence":1.0,"count":{"best":3,"high":3,"low":3,"qualifier":"exact","stated":3,"stated_high":null,"words":"3"},"extractor":"rules","harm":"injured","id":"c2","means":null,"modality":"asserted","perpetrators":[{"actor":{"id":"the militia","name":"the militia"},"basis":"asserted","span":null,"text":"the militia"}],"scope":"incident","span":{"end":74,"quote":"3 civilians were injured","start":50},"victims":{"actor":null,"groups":[],"span":null,"status":"civilian","text":"civilians"},"when":{"end":"2021-04-30","precision":"day","span":null,"start":"2021-04-30","text":"that day"},"where":{"admin1":null,"admin2":null,"country":"NG","gazetteer_id":null,"geoprecision":1,"latitude":null,"longitude":null,"name":"Baga","radius_km":null,"span":null,"text":"Baga"}},{"according_to":null,"confidence":1.0,"count":{"best":900,"high":900,"low":900,"qualifier":"exact","stated":900,"stated_high":null,"words":"900"},"extractor":"rules","harm":"killed","id":"c3","means":null,"modality":"asserted","perpetrators":[{"actor":{"id":"the militia","name":"the militia"},"basis":"asserted","span":null,"text":"the militia"}],"scope":"cumulative","span":{"end":125,"quote":"900 civilians were killed","start":100},"victims":{"actor":null,"groups":[],"span":null,"status":"civilian","text":"civilians"},"when":{"end":"2021-04-30","precision":"day","span":null,"start":"2021-04-30","text":"that day"},"where":{"admin1":null,"admin2":null,"country":"NG","gazetteer_id":null,"geoprecision":1,"latitude":null,"longitude":null,"name":"the country","radius_km":null,"span":null,"text":"the country"}}],"incidents":[{"abducted":null,"captured":null,"casualties":null,"claims":["c1","c2"],"confidence":1.0,"detained":null,"displaced":null,"id":"i1","injured":{"best":3,"high":3,"low":3},"killed":{"best":12,"high":12,"low":12},"killed_civilians":null,"killed_combatants":null,"means":null,"missing":null,"perpetrators":[{"actor":{"id":"the militia","name":"the militia"},"basis":"asserted","span":null,"text":"the militia"}],"type":"attack","victims":[{"actor":null,"groups":[],"span":null,"status":"civilian","text":"civilians"}],"when":{"end":"2021-04-30","precision":"day","span":null,"start":"2021-04-30","text":"that day"},"where":{"admin1":null,"admin2":null,"country":"NG","gazetteer_id":null,"geoprecision":1,"latitude":null,"longitude":null,"name":"Baga","radius_km":null,"span":null,"text":"Baga"}}],"places":[],"restatements":[],"restatements_why":[],"statements":[],"warnings":[]}','0.1','hand','2021-05-01T12:00:00+00:00',2);
INSERT INTO "readings" VALUES('945bbe40c72e48e1f3d43443072d3ce0373cf134ac3b7f35e7fd816886afa1ea','9394719056471b6276a800f50aa7ca0ee35d5edf16560a14b361f0de5eb283a2','{"breakdowns":[],"claims":[{"according_to":null,"confidence":1.0,"count":{"best":14,"high":14,"low":14,"qualifier":"exact","stated":14,"stated_high":null,"words":"14"},"extractor":"rules","harm":"killed","id":"c1","means":null,"modality":"asserted","perpetrators":[{"actor":{"id":"the militia","name":"the militia"},"basis":"asserted","span":null,"text":"the militia"}],"scope":"incident","span":{"end":24,"quote":"14 civilians were killed","start":0},"victims":{"actor":null,"groups":[],"span":null,"status":"civilian","text":"civilians"},"when":{"end":"2021-04-30","precision":"day","span":null,"start":"2021-04-30","text":"that day"},"where":{"admin1":null,"admin2":null,"country":"NG","gazetteer_id":null,"geoprecision":1,"latitude":null,"longitude":null,"name":"Baga","radius_km":null,"span":null,"text":"Baga"}}],"incidents":[{"abducted":null,"captured":null,"casualties":null,"claims":["c1"],"confidence":1.0,"detained":null,"displaced":null,"id":"i1","injured":null,"killed":{"best":14,"high":14,"low":14},"killed_civilians":null,"killed_combatants":null,"means":null,"missing":null,"perpetrators":[{"actor":{"id":"the militia","name":"the militia"},"basis":"asserted","span":null,"text":"the militia"}],"type":"attack","victims":[{"actor":null,"groups":[],"span":null,"status":"civilian","text":"civilians"}],"when":{"end":"2021-04-30","precision":"day","span":null,"start":"2021-04-30","text":"that day"},"where":{"admin1":null,"admin2":null,"country":"NG","gazetteer_id":null,"geoprecision":1,"latitude":null,"longitude":null,"name":"Baga","radius_km":null,"span":null,"text":"Baga"}}],"places":[],"restatements":[],"restatements_why":[],"statements":[],"warnings":[]}','0.1','hand','2021-05-01T12:00:00+00:00',4);
CREATE TABLE reports (
	"key" VARCHAR(64) NOT NULL, 
	caller_id TEXT NOT NULL, 
	title TEXT, 
	publisher TEXT, 
	url TEXT, 
	language VARCHAR(20), 
	published DATE, 
	text TEXT NOT NULL, 
	sha256 VARCHAR(64), 
	original BLOB, 
	recorded VARCHAR(40) NOT NULL, 
	act INTEGER NOT NULL, 
	PRIMARY KEY ("key"), 
	FOREIGN KEY(act) REFERENCES acts (number)
);
INSERT INTO "reports" VALUES('adeeb7918a8f32c1cb76dd0a0e373f0e41e7db48a72d4d2c439a3ec35f65d6b4','made',NULL,'Wire',NULL,NULL,'2021-05-01','12 civilians were killed in Baga, by the militia.
3 civilians were injured in Baga, by the militia.
900 civilians were killed in the country, by the militia.
',NULL,NULL,'2021-05-01T12:00:00+00:00',1);
INSERT INTO "reports" VALUES('9394719056471b6276a800f50aa7ca0ee35d5edf16560a14b361f0de5eb283a2','made',NULL,'Daily',NULL,NULL,'2021-05-01','14 civilians were killed in Baga, by the militia.
',NULL,X'61732069742063616D65','2021-05-01T12:00:00+00:00',3);
CREATE TABLE revisions (
	act INTEGER NOT NULL, 
	"of" VARCHAR(80) NOT NULL, 
	field VARCHAR(40) NOT NULL, 
	value TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	made_by TEXT NOT NULL, 
	made VARCHAR(40) NOT NULL, 
	PRIMARY KEY (act), 
	FOREIGN KEY(act) REFERENCES acts (number)
);
INSERT INTO "revisions" VALUES(6,'ibb1e967e2b92','killed','13','names were counted','Amal','2021-05-01T12:00:00+00:00');
CREATE TABLE schema_steps (
	number INTEGER NOT NULL, 
	name VARCHAR(80) NOT NULL, 
	applied VARCHAR(40) NOT NULL, 
	PRIMARY KEY (number)
);
INSERT INTO "schema_steps" VALUES(1,'first tables','2021-05-01T12:00:00+00:00');
CREATE INDEX readings_by_report ON readings (report);
CREATE TRIGGER acts_never_update BEFORE UPDATE ON acts BEGIN SELECT RAISE(ABORT, 'acts is append-only'); END;
CREATE TRIGGER acts_never_delete BEFORE DELETE ON acts BEGIN SELECT RAISE(ABORT, 'acts is append-only'); END;
CREATE TRIGGER reports_never_update BEFORE UPDATE ON reports BEGIN SELECT RAISE(ABORT, 'reports is append-only'); END;
CREATE TRIGGER reports_never_delete BEFORE DELETE ON reports BEGIN SELECT RAISE(ABORT, 'reports is append-only'); END;
CREATE TRIGGER readings_never_update BEFORE UPDATE ON readings BEGIN SELECT RAISE(ABORT, 'readings is append-only'); END;
CREATE TRIGGER readings_never_delete BEFORE DELETE ON readings BEGIN SELECT RAISE(ABORT, 'readings is append-only'); END;
CREATE TRIGGER judgements_never_update BEFORE UPDATE ON judgements BEGIN SELECT RAISE(ABORT, 'judgements is append-only'); END;
CREATE TRIGGER judgements_never_delete BEFORE DELETE ON judgements BEGIN SELECT RAISE(ABORT, 'judgements is append-only'); END;
CREATE TRIGGER revisions_never_update BEFORE UPDATE ON revisions BEGIN SELECT RAISE(ABORT, 'revisions is append-only'); END;
CREATE TRIGGER revisions_never_delete BEFORE DELETE ON revisions BEGIN SELECT RAISE(ABORT, 'revisions is append-only'); END;
COMMIT;
