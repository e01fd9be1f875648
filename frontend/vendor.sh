#!/bin/sh
# Rebuilds app/static/css, app/static/vendor and the axe-core of the tests from the pinned packages.
# Needs node and npm; setting Soundings up needs neither, because the results are committed.
# CI runs it and fails when `git diff` then shows a difference.
set -eu
cd "$(dirname "$0")"

npm ci --no-audit --no-fund --ignore-scripts --omit=optional

govuk=node_modules/govuk-frontend
vendor=../app/static/vendor/govuk
mkdir -p ../app/static/css "$vendor" ../tests/e2e/vendor

npx sass --style=compressed --no-source-map --no-charset --load-path="$govuk/dist" \
    app.scss:../app/static/css/app.css reading.scss:../app/static/css/reading.css

# The published file, less its pointer to a source map that we do not serve.
sed '/^\/\/# sourceMappingURL=/d' "$govuk/dist/govuk/govuk-frontend.min.js" > "$vendor/govuk-frontend.min.js"
# LICENSE stands beside it by hand: the npm package carries none.
node -p "'govuk-frontend ' + require('./$govuk/package.json').version" > "$vendor/VERSION"

altcha=../app/static/vendor/altcha
mkdir -p "$altcha"
cp node_modules/altcha/dist/workers/pbkdf2.js "$altcha/pbkdf2.js"
cp node_modules/altcha/LICENSE.txt "$altcha/LICENSE"
node -p "'altcha ' + require('./node_modules/altcha/package.json').version" > "$altcha/VERSION"

cp node_modules/axe-core/axe.min.js ../tests/e2e/vendor/axe.min.js
cp node_modules/axe-core/LICENSE ../tests/e2e/vendor/axe-core-LICENSE
node -p "'axe-core ' + require('./node_modules/axe-core/package.json').version" > ../tests/e2e/vendor/axe-core-VERSION

# WhiteNoise sends the file beside it to whoever takes gzip.
for file in ../app/static/css/app.css ../app/static/css/reading.css "$vendor/govuk-frontend.min.js"; do
    node -e 'const fs = require("fs"); fs.writeFileSync(process.argv[1] + ".gz", require("zlib").gzipSync(fs.readFileSync(process.argv[1]), {level: 9}))' "$file"
done

if grep -E -i 'gds transport|@font-face|crest|govuk-icon' ../app/static/css/app.css; then
    echo "app.css names something that belongs to GOV.UK alone" >&2
    exit 1
fi
