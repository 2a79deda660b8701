<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     Single values for the eye: counts, instants, names, digests, links, badges.
  INPUT       Attributes of every evidence document.
  MODES       value    an attribute as running text     id       an identifier, isolated and set in monospace
              badge    symbol and words for a result, state, class, direction, …
              fact     one line of a fact list           owner    who answered, and on what footing
              open     a name as a link to its page
  TEMPLATES   number, amount, link, fact, badge, word (true utilities: they have no node to match)
  NOTES       Names and ids come from logs: they are isolated with <bdi>, so no text of theirs can turn the text around it.
              Where isolation is not possible (attributes, <title>, drawings) direction controls are taken out.
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1" exclude-result-prefixes="e">

  <xsl:variable name="direction-controls"
      select="'&#x61C;&#x200E;&#x200F;&#x202A;&#x202B;&#x202C;&#x202D;&#x202E;&#x2066;&#x2067;&#x2068;&#x2069;'"/>

  <!-- Values -->

  <xsl:template match="@*" mode="value"><bdi><xsl:value-of select="."/></bdi></xsl:template>

  <xsl:template match="@n | @of | @bytes | @records | @lines | @blank | @malformed | @out-of-period | @judged | @exceptions | @zone-assumed
      | @rules | @versions | @owners | @changes | @decisions | @redecided | @population | @passed | @accepted | @cannot-tell | @findings
      | @tenures | @controls | @checks | @indeterminate | @line | @byte-offset | @hours | @added | @removed | @empty
      | @duplicate-request-ids | @logged | @matched | @inferred | @folded | @other | @ambiguous | @stated | @days | @differing
      | @tokens-in | @tokens-out | @cost-micros | @strata | @per-stratum | @otherwise-under-before | @otherwise-under-after | @before-otherwise-under-this | @min-tokens-in | @shown
      | @looser | @stricter | @neutral | @unknown | @cumulative
      | @documents | @replaced | @sentences | @hidden | @commitments | @conflicts | @unsearchable" mode="value">
    <xsl:value-of select="format-number(., '#,##0')"/>
  </xsl:template>

  <xsl:template match="e:stretch/@owners" mode="value" priority="2"><bdi><xsl:value-of select="."/></bdi></xsl:template>
  <xsl:template match="e:decision/@indeterminate" mode="value" priority="2"/>

  <!-- An instant: the machine's form with at most three digits, as HTML has it, and the form for people that stands beside it. -->
  <xsl:template match="@effective" mode="value">
    <xsl:call-template name="instant"><xsl:with-param name="text" select="../@effective-text"/></xsl:call-template>
  </xsl:template>
  <xsl:template match="@changed" mode="value">
    <xsl:call-template name="instant"><xsl:with-param name="text" select="../@changed-text"/></xsl:call-template>
  </xsl:template>
  <xsl:template match="@until" mode="value">
    <xsl:call-template name="instant"><xsl:with-param name="text" select="../@until-text"/></xsl:call-template>
  </xsl:template>
  <xsl:template match="@recorded" mode="value">
    <xsl:call-template name="instant"><xsl:with-param name="text" select="../@recorded-text"/></xsl:call-template>
  </xsl:template>
  <xsl:template match="@authored" mode="value">
    <xsl:call-template name="instant"><xsl:with-param name="text" select="../@authored-text"/></xsl:call-template>
  </xsl:template>
  <xsl:template match="@approved" mode="value">
    <xsl:call-template name="instant"><xsl:with-param name="text" select="../@approved-text"/></xsl:call-template>
  </xsl:template>
  <xsl:template match="@left" mode="value">
    <xsl:call-template name="instant"><xsl:with-param name="text" select="../@left-text"/></xsl:call-template>
  </xsl:template>
  <xsl:template match="@first" mode="value">
    <xsl:call-template name="instant"><xsl:with-param name="text" select="../@first-text"/></xsl:call-template>
  </xsl:template>
  <xsl:template match="@last" mode="value">
    <xsl:call-template name="instant"><xsl:with-param name="text" select="../@last-text"/></xsl:call-template>
  </xsl:template>
  <xsl:template match="@at" mode="value">
    <xsl:call-template name="instant"><xsl:with-param name="text" select="../@at-text"/></xsl:call-template>
  </xsl:template>
  <xsl:template match="@from" mode="value">
    <xsl:call-template name="instant"><xsl:with-param name="text" select="../@from-text"/></xsl:call-template>
  </xsl:template>
  <xsl:template match="@to" mode="value">
    <xsl:call-template name="instant"><xsl:with-param name="text" select="../@to-text"/></xsl:call-template>
  </xsl:template>

  <xsl:template name="instant">
    <xsl:param name="text"/>
    <time datetime="{.}">
      <xsl:if test="contains(., '.')">
        <xsl:attribute name="datetime"><xsl:value-of select="concat(substring(., 1, 23), 'Z')"/></xsl:attribute>
      </xsl:if>
      <xsl:value-of select="$text"/>
    </time>
  </xsl:template>

  <xsl:template match="@sha256 | @line-sha256" mode="value"><code class="digest"><xsl:value-of select="."/></code></xsl:template>
  <xsl:template match="@source | @file" mode="value"><bdi class="id"><xsl:value-of select="."/></bdi></xsl:template>

  <xsl:template match="@result | @state | @direction | @kind | @action | @severity | @exception" mode="value">
    <xsl:apply-templates select="." mode="badge"/>
  </xsl:template>

  <!-- An empty field, and the star that matches anything, are said in words. -->
  <xsl:variable name="word-none"><xsl:call-template name="label"><xsl:with-param name="id" select="'value.none'"/></xsl:call-template></xsl:variable>

  <xsl:template match="@agent | @data-class | @tool | @allowed-jurisdictions | @from-model | @triggers | @escalate-to | @jurisdiction
      | @deployment | @claimed-rule | @requested-model | @served-model" mode="value">
    <xsl:choose>
      <xsl:when test=". = '*'">
        <span class="quiet">
          <xsl:call-template name="label"><xsl:with-param name="id" select="'value.any'"/></xsl:call-template>
        </span>
      </xsl:when>
      <xsl:when test=". = '' or . = '-'"><span class="quiet"><xsl:value-of select="$word-none"/></span></xsl:when>
      <xsl:otherwise><bdi class="id"><xsl:value-of select="."/></bdi></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="@*" mode="id"><bdi class="id"><xsl:value-of select="."/></bdi></xsl:template>

  <!-- Links and numbers -->

  <xsl:template name="link">
    <xsl:param name="page"/>
    <xsl:param name="text"/>
    <xsl:choose>
      <xsl:when test="string($page) != ''"><a href="{$up}{$page}"><xsl:copy-of select="$text"/></a></xsl:when>
      <xsl:otherwise><xsl:copy-of select="$text"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- A name that opens its page, where it has one. -->
  <xsl:template match="@rule" mode="open">
    <xsl:choose>
      <xsl:when test="../@rule-page != ''"><a href="{$up}{../@rule-page}"><xsl:apply-templates select="." mode="value"/></a></xsl:when>
      <xsl:otherwise><xsl:apply-templates select="." mode="value"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <xsl:template match="@version" mode="open">
    <xsl:choose>
      <xsl:when test="../@version-page != ''"><a href="{$up}{../@version-page}"><xsl:apply-templates select="." mode="value"/></a></xsl:when>
      <xsl:otherwise><xsl:apply-templates select="." mode="value"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- A count; with a page, the number itself opens the rows that it counts. Nothing opens from nought. -->
  <xsl:template name="number">
    <xsl:param name="n"/>
    <xsl:param name="page"/>
    <xsl:choose>
      <xsl:when test="string($page) != '' and $n != 0">
        <a href="{$up}{$page}"><xsl:value-of select="format-number($n, '#,##0')"/></a>
      </xsl:when>
      <xsl:otherwise><xsl:value-of select="format-number($n, '#,##0')"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- A count and its denominator, always together. -->
  <xsl:template name="amount">
    <xsl:param name="n"/>
    <xsl:param name="of"/>
    <xsl:param name="page"/>
    <span class="amount">
      <xsl:call-template name="say">
        <xsl:with-param name="id" select="'amount'"/>
        <xsl:with-param name="a">
          <xsl:call-template name="number">
            <xsl:with-param name="n" select="$n"/>
            <xsl:with-param name="page" select="$page"/>
          </xsl:call-template>
        </xsl:with-param>
        <xsl:with-param name="b">
          <xsl:call-template name="number"><xsl:with-param name="n" select="$of"/></xsl:call-template>
        </xsl:with-param>
      </xsl:call-template>
    </span>
  </xsl:template>

  <!-- Badges: a symbol for the quick eye, words for everybody, colour only as a third. -->

  <xsl:template name="badge">
    <xsl:param name="kind"/>
    <xsl:param name="value"/>
    <span class="badge {translate(concat($kind, '-', $value), '&#9;&#10; ', '___')}">
      <i aria-hidden="true">
        <xsl:for-each select="$strings">
          <xsl:choose>
            <xsl:when test="key('plain', concat('symbol.', $kind, '.', $value))">
              <xsl:value-of select="key('plain', concat('symbol.', $kind, '.', $value))"/>
            </xsl:when>
            <xsl:otherwise><bdi>&#x2022;</bdi></xsl:otherwise>
          </xsl:choose>
        </xsl:for-each>
      </i>
      <xsl:text> </xsl:text>
      <xsl:call-template name="word">
        <xsl:with-param name="kind" select="$kind"/>
        <xsl:with-param name="value" select="$value"/>
      </xsl:call-template>
    </span>
  </xsl:template>

  <!-- A word out of a set; a value that the set does not know yet is shown as it was written. -->
  <xsl:template name="word">
    <xsl:param name="kind"/>
    <xsl:param name="value"/>
    <xsl:for-each select="$strings">
      <xsl:choose>
        <xsl:when test="key('plain', concat($kind, '.', $value))">
          <xsl:value-of select="key('plain', concat($kind, '.', $value))"/>
        </xsl:when>
        <xsl:otherwise>
          <xsl:call-template name="say">
            <xsl:with-param name="id" select="concat($kind, '.', $value)"/>
            <xsl:with-param name="default" select="$value"/>
            <xsl:with-param name="optional" select="true()"/>
          </xsl:call-template>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:for-each>
  </xsl:template>

  <xsl:template match="@*" mode="badge">
    <xsl:call-template name="badge">
      <xsl:with-param name="kind" select="local-name()"/>
      <xsl:with-param name="value" select="string(.)"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="e:change/@kind | e:change-line/@kind" mode="badge">
    <xsl:call-template name="badge">
      <xsl:with-param name="kind" select="'change'"/>
      <xsl:with-param name="value" select="string(.)"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="e:stretch/@kind" mode="badge">
    <xsl:call-template name="badge">
      <xsl:with-param name="kind" select="'stretch'"/>
      <xsl:with-param name="value" select="string(.)"/>
    </xsl:call-template>
  </xsl:template>

  <!-- A class: words first, the machine's name for it below, in the colour of an exception only beside its sign. -->
  <xsl:template match="@class" mode="badge">
    <xsl:variable name="quiet" select=". = 'compliant' or . = 'permitted_fallback' or . = 'not_served' or . = 'malformed'"/>
    <span>
      <xsl:attribute name="class">
        <xsl:text>class</xsl:text>
        <xsl:if test="not($quiet)"> departs</xsl:if>
      </xsl:attribute>
      <i aria-hidden="true">
        <xsl:call-template name="label"><xsl:with-param name="id" select="concat('symbol.exception.', not($quiet))"/></xsl:call-template>
      </i>
      <xsl:text> </xsl:text>
      <b>
        <xsl:call-template name="word">
          <xsl:with-param name="kind" select="'class'"/>
          <xsl:with-param name="value" select="string(.)"/>
        </xsl:call-template>
      </b>
      <xsl:text> </xsl:text>
      <a href="{$up}glossary.html#class-{translate(., '_', '-')}"><code><xsl:value-of select="."/></code></a>
    </span>
  </xsl:template>

  <!-- Who answered -->

  <xsl:template match="*[@owner]" mode="owner">
    <xsl:choose>
      <xsl:when test="@owner = '-' or @owner = ''">
        <xsl:call-template name="badge">
          <xsl:with-param name="kind" select="'owner-status'"/>
          <xsl:with-param name="value" select="'none'"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:otherwise>
        <xsl:choose>
          <xsl:when test="@owner-page != ''"><a href="{$up}{@owner-page}"><bdi><xsl:value-of select="@owner"/></bdi></a></xsl:when>
          <xsl:otherwise><bdi><xsl:value-of select="@owner"/></bdi></xsl:otherwise>
        </xsl:choose>
        <xsl:if test="@owner-status = 'departed'">
          <xsl:text> </xsl:text>
          <xsl:call-template name="badge">
            <xsl:with-param name="kind" select="'owner-status'"/>
            <xsl:with-param name="value" select="'departed'"/>
          </xsl:call-template>
        </xsl:if>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Facts: a label and a value; what a record does not say is said. -->

  <xsl:template match="@*" mode="fact">
    <xsl:call-template name="fact">
      <xsl:with-param name="name" select="local-name()"/>
      <xsl:with-param name="value"><xsl:apply-templates select="." mode="value"/></xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="fact">
    <xsl:param name="name"/>
    <xsl:param name="value"/>
    <div>
      <dt><xsl:call-template name="label"><xsl:with-param name="id" select="concat('fact.', $name)"/></xsl:call-template></dt>
      <dd>
        <xsl:choose>
          <xsl:when test="normalize-space($value) != ''"><xsl:copy-of select="$value"/></xsl:when>
          <xsl:otherwise>
            <span class="quiet">
              <xsl:call-template name="label"><xsl:with-param name="id" select="'value.unrecorded'"/></xsl:call-template>
            </span>
          </xsl:otherwise>
        </xsl:choose>
      </dd>
    </div>
  </xsl:template>

  <!-- A span of time; a missing bound is open, and said in words. -->

  <xsl:template match="*" mode="span">
    <xsl:call-template name="label"><xsl:with-param name="id" select="'span.always'"/></xsl:call-template>
  </xsl:template>

  <xsl:template match="*[@from and @to]" mode="span">
    <xsl:call-template name="say">
      <xsl:with-param name="id" select="'span.closed'"/>
      <xsl:with-param name="a"><xsl:apply-templates select="@from" mode="value"/></xsl:with-param>
      <xsl:with-param name="b"><xsl:apply-templates select="@to" mode="value"/></xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="*[@from and not(@to)]" mode="span">
    <xsl:call-template name="say">
      <xsl:with-param name="id" select="'span.since'"/>
      <xsl:with-param name="a"><xsl:apply-templates select="@from" mode="value"/></xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="*[@to and not(@from)]" mode="span">
    <xsl:call-template name="say">
      <xsl:with-param name="id" select="'span.until'"/>
      <xsl:with-param name="a"><xsl:apply-templates select="@to" mode="value"/></xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="@backdated" mode="badge">
    <xsl:if test=". = 'true' or . = '1'">
      <xsl:call-template name="badge">
        <xsl:with-param name="kind" select="'backdated'"/>
        <xsl:with-param name="value" select="'true'"/>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>

  <xsl:template match="e:missing" mode="row">
    <li><bdi><xsl:value-of select="@record"/></bdi></li>
  </xsl:template>

</xsl:stylesheet>
