// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/backend/journal/journal_fixture.h"

using namespace rc;
using rc::test::Store;

class TestSealedKey : public QObject
{
    Q_OBJECT

private:
    static QString write(const QTemporaryDir& folder, const QByteArray& bytes,
                         QFile::Permissions mode = QFile::ReadOwner)
    {
        const auto path = folder.filePath("passphrase");
        QFile::remove(path);
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.setPermissions(mode)) {
            qFatal("cannot write %s", qPrintable(path));
        }
        return path;
    }

private Q_SLOTS:
    void aKeyComesBackUnderTheRightPassphraseOnly()
    {
        const auto key = KeyPair::generate();
        const auto sealedKey = Store::must(SealedKey::seal(key, Passphrase("open sesame"), Cost::Minimal));
        const auto again = Store::must(SealedKey::fromJson(sealedKey.toJson()));
        const auto opened = Store::must(again.unseal(Passphrase("open sesame")));
        QCOMPARE(opened.id(), key.id());
        QVERIFY(isSignedBy(key.id(), "bytes", opened.sign("bytes")));
        QCOMPARE(again.unseal(Passphrase("open sesamo")).error().code, ErrorCode::WrongSecret);
    }

    void theSameLettersOpenHoweverTheyAreEncoded()
    {
        const QString composed = QString::fromUtf8("gr\u00fcne pf\u00f6rtchen");
        const QString decomposed = composed.normalized(QString::NormalizationForm_D);
        QVERIFY(composed != decomposed);
        const auto sealedKey = Store::must(SealedKey::seal(KeyPair::generate(), Passphrase(composed), Cost::Minimal));
        QVERIFY(sealedKey.unseal(Passphrase(decomposed)));
        QVERIFY(!sealedKey.unseal(Passphrase(composed.toUpper())));
        QVERIFY(!sealedKey.unseal(Passphrase(composed + " ")));
    }

    void lengthIsCountedInCharacters()
    {
        QVERIFY(!Passphrase(QString::fromUtf8("\u00fc\u00fc\u00fc\u00fc")).checkNew()); // eight bytes, four letters
        QVERIFY(!Passphrase(QString::fromUtf8("🙂🙂🙂🙂")).checkNew());
        QVERIFY(Passphrase("12345678").checkNew());
    }

    void theCostIsStoredWithTheKey_data()
    {
        QTest::addColumn<Cost>("cost");
        QTest::addColumn<quint64>("mebibytes");
        QTest::newRow("minimal") << Cost::Minimal << quint64(8);
        QTest::newRow("interactive") << Cost::Interactive << quint64(64);
        QTest::newRow("moderate") << Cost::Moderate << quint64(256);
    }
    void theCostIsStoredWithTheKey()
    {
        QFETCH(const Cost, cost);
        QFETCH(const quint64, mebibytes);
        const auto sealedKey = Store::must(SealedKey::seal(KeyPair::generate(), Passphrase("open sesame"), cost));
        QCOMPARE(sealedKey.memoryBytes >> 20, mebibytes);
        QVERIFY(Store::must(SealedKey::fromJson(sealedKey.toJson())).unseal(Passphrase("open sesame")));
    }

    void keyFilesArePrivateAndHoldNoSecretInTheOpen()
    {
        Store store;
        store.add("olga", {});
        const auto path = store.home() + "/keys/operators/olga.key";
        QCOMPARE(QFile::permissions(path), QFile::ReadOwner | QFile::WriteOwner | QFile::ReadUser | QFile::WriteUser);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto text = file.readAll();
        const auto sealedKey = Store::must(SealedKey::fromJson(QJsonDocument::fromJson(text).object()));
        const auto key = Store::must(sealedKey.unseal(Passphrase(rc::test::Secret)));
        const auto seed = key.seed();
        const QByteArray plain(reinterpret_cast<const char*>(seed.data()), seed.size());
        QVERIFY(!text.contains(plain.toHex()));
        QVERIFY(!text.contains(plain.toBase64()));
    }

    void aDamagedKeyFileIsRefused_data()
    {
        QTest::addColumn<QString>("field");
        QTest::addColumn<QJsonValue>("value");
        QTest::newRow("format") << "format" << QJsonValue(2);
        QTest::newRow("kdf") << "kdf" << QJsonValue("scrypt");
        QTest::newRow("salt") << "salt" << QJsonValue("00");
        QTest::newRow("nonce") << "nonce" << QJsonValue();
        QTest::newRow("box") << "box" << QJsonValue("");
        QTest::newRow("key") << "public_key" << QJsonValue("olga");
        QTest::newRow("all memory") << "memory_bytes" << QJsonValue(qint64(1) << 40);
        QTest::newRow("for hours") << "passes" << QJsonValue(1'000'000);
    }
    void aDamagedKeyFileIsRefused()
    {
        QFETCH(const QString, field);
        QFETCH(const QJsonValue, value);
        auto json =
            Store::must(SealedKey::seal(KeyPair::generate(), Passphrase("open sesame"), Cost::Minimal)).toJson();
        json[field] = value;
        QCOMPARE(SealedKey::fromJson(json).error().code, ErrorCode::InvalidInput);
    }

    void aPassphraseFileLosesItsLineEnd()
    {
        const QTemporaryDir folder;
        const auto sealedKey =
            Store::must(SealedKey::seal(KeyPair::generate(), Passphrase("open sesame"), Cost::Minimal));
        for (const QByteArray end : {"", "\n", "\r\n"}) {
            const auto read = Store::must(Passphrase::fromFile(write(folder, "open sesame" + end)));
            QVERIFY(sealedKey.unseal(read));
        }
    }

    void aPassphraseFileThatOthersCanReadIsRefused()
    {
        const QTemporaryDir folder;
        const auto path = write(folder, "open sesame", QFile::ReadOwner | QFile::ReadGroup);
        QCOMPARE(Passphrase::fromFile(path).error().code, ErrorCode::InvalidInput);
        QCOMPARE(Passphrase::fromFile(write(folder, "\n")).error().code, ErrorCode::InvalidInput);
        QCOMPARE(Passphrase::fromFile(write(folder, "\xff\xfe")).error().code, ErrorCode::InvalidInput);
        QVERIFY(!Passphrase("🙂🙂🙂🙂").checkNew()); // eight units, four characters
        QVERIFY(Passphrase("🙂🙂🙂🙂🙂🙂🙂🙂").checkNew());
        QCOMPARE(Passphrase::fromFile(folder.filePath("none")).error().code, ErrorCode::NotFound);
    }
};

QTEST_GUILESS_MAIN(TestSealedKey)
#include "tst_sealed_key.moc"
