<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     exchange/summary.md: what a CI job page says of the pack, in GitHub Flavored Markdown.
  INPUT       <exchange>
  MODES       row      a table row: a check, a finding, a framework
              line     what was cut
              records  what a check lacks
  TEMPLATES   markdown-text      a value of the evidence, as text that Markdown and the pages that show it take for nothing else
              markdown-heading, markdown-columns, markdown-escape; summary-…: the sections
  KEYS        check-by-result, finding-by-result, control-by-state
  NOTES       Values are foreign text. A colon, a full stop and a hyphen are markup only in addresses and references. Every character that could be markup is written as a numeric reference, which Markdown never
              reads as structure. A zero-width space follows @, # and their like, since mentions and references are looked for after that.
              Direction controls are taken out, line ends are blanks, and a value is cut after 300 characters.
              Only the first 50 failed findings are listed; the headings say of how many.
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1" exclude-result-prefixes="e">

  <xsl:import href="../parts/strings.xsl"/>

  <xsl:output method="text" encoding="UTF-8"/>

  <xsl:key name="check-by-result" match="e:exchange-check" use="@result"/>
  <xsl:key name="finding-by-result" match="e:exchange-finding" use="@result"/>
  <xsl:key name="control-by-state" match="e:exchange-control" use="concat(../@id, ' ', @state)"/>

  <xsl:variable name="up" select="''"/>
  <xsl:variable name="pack" select="/e:exchange"/>
  <xsl:variable name="direction-controls"
      select="'&#x61C;&#x200E;&#x200F;&#x202A;&#x202B;&#x202C;&#x202D;&#x202E;&#x2066;&#x2067;&#x2068;&#x2069;'"/>
  <xsl:variable name="marks" select="'\`*_[]|&lt;&gt;@#!~&amp;$'"/>
  <!-- The number of each, of a colon, a full stop and a hyphen too, in three digits; and the signs behind which something is looked for. -->
  <xsl:variable name="numbered" select="concat($marks, ':.-')"/>
  <xsl:variable name="numbers" select="'092096042095091093124060062064035033126038036058046045'"/>
  <xsl:variable name="signs" select="'@#!~&amp;$-'"/>

  <xsl:template match="e:exchange">
    <xsl:call-template name="markdown-heading">
      <xsl:with-param name="level" select="'#'"/>
      <xsl:with-param name="id" select="'summary.title'"/>
      <xsl:with-param name="a"><xsl:call-template name="markdown-text"><xsl:with-param name="value" select="e:context/@organisation"/></xsl:call-template></xsl:with-param>
      <xsl:with-param name="b"><xsl:call-template name="markdown-text"><xsl:with-param name="value" select="e:context/@period-text"/></xsl:call-template></xsl:with-param>
    </xsl:call-template>
    <xsl:call-template name="say">
      <xsl:with-param name="id" select="'summary.lead'"/>
      <xsl:with-param name="a" select="format-number(count(key('check-by-result', 'fail')), '#,##0')"/>
      <xsl:with-param name="b" select="format-number(count(e:exchange-check), '#,##0')"/>
      <xsl:with-param name="c" select="format-number(@exceptions, '#,##0')"/>
      <xsl:with-param name="d" select="format-number(@judged, '#,##0')"/>
    </xsl:call-template>
    <xsl:text>&#10;</xsl:text>
    <xsl:if test="@complete = 'false' or @complete = '0'">
      <xsl:text>&#10;</xsl:text>
      <xsl:call-template name="label"><xsl:with-param name="id" select="'summary.incomplete'"/></xsl:call-template>
      <xsl:text>&#10;</xsl:text>
    </xsl:if>
    <xsl:apply-templates select="e:exchange-cut[@list = 'findings']" mode="line"/>
    <xsl:call-template name="summary-results"/>
    <xsl:call-template name="summary-failed-checks"/>
    <xsl:call-template name="summary-failed-findings"/>
    <xsl:call-template name="summary-untold-checks"/>
    <xsl:call-template name="summary-controls"/>
    <xsl:text>&#10;</xsl:text>
    <xsl:call-template name="say">
      <xsl:with-param name="id" select="'summary.foot'"/>
      <xsl:with-param name="a"><xsl:call-template name="markdown-text"><xsl:with-param name="value" select="e:context/@tool-version"/></xsl:call-template></xsl:with-param>
      <xsl:with-param name="b"><xsl:call-template name="markdown-text"><xsl:with-param name="value" select="e:context/@level"/></xsl:call-template></xsl:with-param>
    </xsl:call-template>
    <xsl:text>&#10;</xsl:text>
  </xsl:template>

  <xsl:template match="e:exchange-cut" mode="line">
    <xsl:text>&#10;</xsl:text>
    <xsl:call-template name="say">
      <xsl:with-param name="id" select="'summary.cut'"/>
      <xsl:with-param name="a" select="format-number(@shown, '#,##0')"/>
      <xsl:with-param name="b" select="format-number(@of, '#,##0')"/>
    </xsl:call-template>
    <xsl:text>&#10;</xsl:text>
  </xsl:template>

  <!-- Sections -->

  <xsl:template name="summary-results">
    <xsl:call-template name="markdown-columns"><xsl:with-param name="table" select="'summary-results'"/></xsl:call-template>
    <xsl:call-template name="summary-result-row"><xsl:with-param name="result" select="'fail'"/></xsl:call-template>
    <xsl:call-template name="summary-result-row"><xsl:with-param name="result" select="'exception'"/></xsl:call-template>
    <xsl:call-template name="summary-result-row"><xsl:with-param name="result" select="'cannot-tell'"/></xsl:call-template>
    <xsl:call-template name="summary-result-row"><xsl:with-param name="result" select="'pass'"/></xsl:call-template>
    <xsl:call-template name="summary-result-row"><xsl:with-param name="result" select="'not-applicable'"/></xsl:call-template>
  </xsl:template>

  <xsl:template name="summary-result-row">
    <xsl:param name="result"/>
    <xsl:text>| </xsl:text>
    <xsl:call-template name="label"><xsl:with-param name="id" select="concat('symbol.result.', $result)"/></xsl:call-template>
    <xsl:text> </xsl:text>
    <xsl:call-template name="label"><xsl:with-param name="id" select="concat('result.', $result)"/></xsl:call-template>
    <!-- Looking up a string leaves the document of the pack, so the counts are taken from there. -->
    <xsl:for-each select="$pack">
      <xsl:value-of select="concat(' | ', format-number(count(key('check-by-result', $result)), '#,##0'), ' | ', format-number(count(key('finding-by-result', $result)), '#,##0'), ' |&#10;')"/>
    </xsl:for-each>
  </xsl:template>

  <xsl:template name="summary-failed-checks">
    <xsl:variable name="failed" select="key('check-by-result', 'fail')"/>
    <xsl:if test="$failed">
      <xsl:call-template name="markdown-heading">
        <xsl:with-param name="id" select="'summary.failed'"/>
        <xsl:with-param name="a" select="format-number(count($failed), '#,##0')"/>
        <xsl:with-param name="b" select="format-number(count(e:exchange-check), '#,##0')"/>
      </xsl:call-template>
      <xsl:call-template name="markdown-columns"><xsl:with-param name="table" select="'summary-failed'"/></xsl:call-template>
      <xsl:apply-templates select="$failed" mode="row"/>
    </xsl:if>
  </xsl:template>

  <xsl:template name="summary-failed-findings">
    <xsl:variable name="failed" select="key('finding-by-result', 'fail')"/>
    <xsl:if test="$failed">
      <xsl:call-template name="markdown-heading">
        <xsl:with-param name="id" select="'summary.findings'"/>
        <xsl:with-param name="a" select="format-number(count($failed[position() &lt;= 50]), '#,##0')"/>
        <xsl:with-param name="b" select="format-number(count($failed), '#,##0')"/>
      </xsl:call-template>
      <xsl:call-template name="markdown-columns"><xsl:with-param name="table" select="'summary-findings'"/></xsl:call-template>
      <xsl:apply-templates select="$failed[position() &lt;= 50]" mode="row"/>
    </xsl:if>
  </xsl:template>

  <xsl:template name="summary-untold-checks">
    <xsl:variable name="untold" select="key('check-by-result', 'cannot-tell')"/>
    <xsl:if test="$untold">
      <xsl:call-template name="markdown-heading">
        <xsl:with-param name="id" select="'summary.untold'"/>
        <xsl:with-param name="a" select="format-number(count($untold), '#,##0')"/>
        <xsl:with-param name="b" select="format-number(count(e:exchange-check), '#,##0')"/>
      </xsl:call-template>
      <xsl:call-template name="markdown-columns"><xsl:with-param name="table" select="'summary-untold'"/></xsl:call-template>
      <xsl:apply-templates select="$untold" mode="row"/>
    </xsl:if>
  </xsl:template>

  <xsl:template name="summary-controls">
    <xsl:if test="e:exchange-framework">
      <xsl:call-template name="markdown-heading"><xsl:with-param name="id" select="'summary.controls'"/></xsl:call-template>
      <xsl:call-template name="markdown-columns"><xsl:with-param name="table" select="'summary-controls'"/></xsl:call-template>
      <xsl:apply-templates select="e:exchange-framework" mode="row"/>
    </xsl:if>
  </xsl:template>

  <!-- Rows -->

  <xsl:template match="e:exchange-check" mode="row">
    <xsl:value-of select="concat('| ', @id, ' | ')"/>
    <xsl:call-template name="markdown-text"><xsl:with-param name="value" select="@title"/></xsl:call-template>
    <xsl:text> | </xsl:text>
    <xsl:call-template name="markdown-text"><xsl:with-param name="value" select="@why"/></xsl:call-template>
    <xsl:value-of select="concat(' | ', format-number(@exceptions, '#,##0'), ' | ', format-number(@population, '#,##0'), ' |&#10;')"/>
  </xsl:template>

  <xsl:template match="e:exchange-check[@result = 'cannot-tell']" mode="row">
    <xsl:value-of select="concat('| ', @id, ' | ')"/>
    <xsl:call-template name="markdown-text"><xsl:with-param name="value" select="@title"/></xsl:call-template>
    <xsl:text> | </xsl:text>
    <xsl:apply-templates select="e:missing" mode="records"/>
    <xsl:if test="not(e:missing)"><xsl:call-template name="markdown-text"><xsl:with-param name="value" select="@why"/></xsl:call-template></xsl:if>
    <xsl:text> |&#10;</xsl:text>
  </xsl:template>

  <xsl:template match="e:missing" mode="records">
    <xsl:if test="position() &gt; 1">; </xsl:if>
    <xsl:call-template name="markdown-text"><xsl:with-param name="value" select="@record"/></xsl:call-template>
  </xsl:template>

  <xsl:template match="e:exchange-finding" mode="row">
    <xsl:value-of select="concat('| ', @check, ' | ')"/>
    <xsl:call-template name="markdown-text"><xsl:with-param name="value" select="@subject"/></xsl:call-template>
    <xsl:text> | </xsl:text>
    <xsl:call-template name="markdown-text"><xsl:with-param name="value" select="@summary"/></xsl:call-template>
    <xsl:value-of select="concat(' | ', format-number(@n, '#,##0'), ' | ', format-number(@of, '#,##0'), ' |&#10;')"/>
  </xsl:template>

  <xsl:template match="e:exchange-framework" mode="row">
    <xsl:text>| </xsl:text>
    <xsl:call-template name="markdown-text"><xsl:with-param name="value" select="@title"/></xsl:call-template>
    <xsl:value-of select="concat(
        ' | ', count(key('control-by-state', concat(@id, ' evidenced'))), ' | ', count(key('control-by-state', concat(@id, ' contradicted'))),
        ' | ', count(key('control-by-state', concat(@id, ' partial'))), ' | ', count(key('control-by-state', concat(@id, ' cannot-tell'))),
        ' | ', count(key('control-by-state', concat(@id, ' no-check'))), ' | ', count(key('control-by-state', concat(@id, ' out-of-scope'))),
        ' | ', count(e:exchange-control), ' |&#10;')"/>
  </xsl:template>

  <!-- Markdown -->

  <xsl:template name="markdown-heading">
    <xsl:param name="level" select="'&#10;##'"/>
    <xsl:param name="id"/>
    <xsl:param name="a"/>
    <xsl:param name="b"/>
    <xsl:value-of select="concat($level, ' ')"/>
    <xsl:call-template name="say">
      <xsl:with-param name="id" select="$id"/>
      <xsl:with-param name="a" select="string($a)"/>
      <xsl:with-param name="b" select="string($b)"/>
    </xsl:call-template>
    <xsl:text>&#10;&#10;</xsl:text>
  </xsl:template>

  <!-- The names of the columns of a table, and the line below them. -->
  <xsl:template name="markdown-columns">
    <xsl:param name="table"/>
    <xsl:for-each select="$strings">
      <xsl:if test="not(key('table', $table))"><xsl:message terminate="yes">No table "<xsl:value-of select="$table"/>"</xsl:message></xsl:if>
      <xsl:if test="$table = 'summary-results'"><xsl:text>&#10;</xsl:text></xsl:if>
      <xsl:text>|</xsl:text>
      <xsl:apply-templates select="key('table', $table)/col" mode="name"/>
      <xsl:text>&#10;|</xsl:text>
      <xsl:apply-templates select="key('table', $table)/col" mode="rule"/>
      <xsl:text>&#10;</xsl:text>
    </xsl:for-each>
  </xsl:template>

  <xsl:template match="col" mode="name"><xsl:value-of select="concat(' ', ., ' |')"/></xsl:template>
  <xsl:template match="col" mode="rule"><xsl:text> --- |</xsl:text></xsl:template>
  <xsl:template match="col[@kind = 'number']" mode="rule"><xsl:text> ---: |</xsl:text></xsl:template>

  <xsl:template name="markdown-text">
    <xsl:param name="value"/>
    <xsl:variable name="plain" select="normalize-space(translate($value, $direction-controls, ''))"/>
    <xsl:call-template name="markdown-escape">
      <xsl:with-param name="text" select="substring($plain, 1, 300)"/>
      <xsl:with-param name="marks">
        <xsl:value-of select="$marks"/>
        <xsl:if test="contains($plain, '://') or contains($plain, 'to:') or contains($plain, 'pp:')">:</xsl:if>
        <xsl:if test="contains(translate($plain, 'W', 'w'), 'www.')">.</xsl:if>
        <xsl:if test="contains(translate($plain, 'gh', 'GH'), 'GH-')">-</xsl:if>
      </xsl:with-param>
    </xsl:call-template>
    <xsl:if test="string-length($plain) &gt; 300">…</xsl:if>
  </xsl:template>

  <!-- Halves until nothing is to be escaped, or one character is left: 300 characters are ten steps deep. -->
  <xsl:template name="markdown-escape">
    <xsl:param name="text"/>
    <xsl:param name="marks"/>
    <xsl:variable name="half" select="floor(string-length($text) div 2)"/>
    <xsl:choose>
      <xsl:when test="translate($text, $marks, '') = $text"><xsl:value-of select="$text"/></xsl:when>
      <xsl:when test="$half &gt; 0">
        <xsl:call-template name="markdown-escape">
          <xsl:with-param name="text" select="substring($text, 1, $half)"/>
          <xsl:with-param name="marks" select="$marks"/>
        </xsl:call-template>
        <xsl:call-template name="markdown-escape">
          <xsl:with-param name="text" select="substring($text, $half + 1)"/>
          <xsl:with-param name="marks" select="$marks"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:otherwise>
        <xsl:value-of select="concat('&amp;#', substring($numbers, 1 + 3 * string-length(substring-before($numbered, $text)), 3), ';')"/>
        <xsl:if test="contains($signs, $text)">&amp;#8203;</xsl:if>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

</xsl:stylesheet>
