<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     The dossier of a rule: everything the pack says of it on one page, to be printed.
  INPUT       <rule>
  OUTPUT      r/print/….html
  PARAMETERS  language (parts/strings.xsl)
  NOTES       Caps: 50 wordings and 200 controls; all else is cut in the document. Each cut says how many there are,
              and where the rest stands.
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1" exclude-result-prefixes="e">

  <xsl:import href="../parts/frame.xsl"/>
  <xsl:import href="../parts/timeline.xsl"/>
  <xsl:import href="../parts/rule.xsl"/>
  <xsl:import href="../parts/tenures.xsl"/>
  <xsl:import href="../parts/definitions.xsl"/>
  <xsl:import href="../parts/changes.xsl"/>
  <xsl:import href="../parts/days.xsl"/>
  <xsl:import href="../parts/drift.xsl"/>
  <xsl:import href="../parts/classes.xsl"/>
  <xsl:import href="../parts/controls.xsl"/>
  <xsl:import href="../parts/decisions.xsl"/>
  <xsl:import href="../parts/findings.xsl"/>
  <xsl:import href="../parts/forms.xsl"/>
  <xsl:import href="../parts/dossier.xsl"/>

  <xsl:variable name="entry" select="'rule-dossier'"/>

  <xsl:template match="/e:rule"><xsl:apply-templates select="." mode="page"/></xsl:template>

  <xsl:template match="e:rule" mode="headline">
    <p class="kicker"><xsl:call-template name="label"><xsl:with-param name="id" select="'kicker.rule-dossier'"/></xsl:call-template></p>
    <h1><bdi class="id"><xsl:value-of select="e:definition/@rule"/></bdi></h1>
    <p class="lead"><bdi><xsl:value-of select="@words"/></bdi></p>
    <dl class="facts">
      <xsl:call-template name="where"/>
      <xsl:call-template name="fact">
        <xsl:with-param name="name" select="'owner-at-end'"/>
        <xsl:with-param name="value"><xsl:apply-templates select="." mode="owner"/></xsl:with-param>
      </xsl:call-template>
      <xsl:call-template name="fact">
        <xsl:with-param name="name" select="'version-exceptions'"/>
        <xsl:with-param name="value">
          <xsl:call-template name="amount">
            <xsl:with-param name="n" select="e:exceptions/@of"/>
            <xsl:with-param name="of" select="e:tally/@n"/>
            <xsl:with-param name="page" select="e:exceptions/@page"/>
          </xsl:call-template>
        </xsl:with-param>
      </xsl:call-template>
      <xsl:call-template name="fact">
        <xsl:with-param name="name" select="'findings'"/>
        <xsl:with-param name="value">
          <xsl:call-template name="number">
            <xsl:with-param name="n" select="e:findings/@of"/>
            <xsl:with-param name="page" select="concat($here, '#findings')"/>
          </xsl:call-template>
        </xsl:with-param>
      </xsl:call-template>
    </dl>
    <xsl:if test="@in-force = 'false' or @in-force = '0'">
      <p>
        <xsl:call-template name="badge">
          <xsl:with-param name="kind" select="'in-force'"/>
          <xsl:with-param name="value" select="'false'"/>
        </xsl:call-template>
      </p>
    </xsl:if>
  </xsl:template>

  <xsl:template match="e:rule" mode="body">
    <xsl:call-template name="contents">
      <xsl:with-param name="ids">
        <xsl:text>owner-now timeline tenures stretches definitions changes classes=rule-classes tally </xsl:text>
        <xsl:if test="e:dormant">dormant </xsl:if>
        <xsl:if test="e:permitted or e:definition/@action = 'permit'">permitted </xsl:if>
        <xsl:if test="e:days">days=rule-days </xsl:if>
        <xsl:if test="e:drift">drift </xsl:if>
        <xsl:text>findings=dossier-findings controls exceptions=dossier-exceptions limits=dossier-limits </xsl:text>
        <xsl:text>sources=dossier-sources sign-digest sign-people</xsl:text>
      </xsl:with-param>
    </xsl:call-template>
    <section id="owner-now">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'owner-now'"/></xsl:call-template>
      <xsl:apply-templates select="." mode="now"/>
    </section>
    <section id="timeline">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'timeline'"/></xsl:call-template>
      <xsl:apply-templates select="e:timeline" mode="body"/>
    </section>
    <section id="tenures">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'tenures'"/></xsl:call-template>
      <xsl:choose>
        <xsl:when test="e:tenures/e:tenure">
          <xsl:call-template name="table">
            <xsl:with-param name="id" select="'tenures'"/>
            <xsl:with-param name="rows" select="e:tenures/e:tenure"/>
          </xsl:call-template>
          <xsl:apply-templates select="e:tenures" mode="shown"/>
        </xsl:when>
        <xsl:otherwise><xsl:call-template name="empty"><xsl:with-param name="id" select="'tenures'"/></xsl:call-template></xsl:otherwise>
      </xsl:choose>
    </section>
    <section id="stretches">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'stretches'"/></xsl:call-template>
      <xsl:choose>
        <xsl:when test="e:stretches/e:stretch">
          <xsl:call-template name="table">
            <xsl:with-param name="id" select="'stretches'"/>
            <xsl:with-param name="rows" select="e:stretches/e:stretch"/>
          </xsl:call-template>
          <xsl:apply-templates select="e:stretches" mode="shown"/>
        </xsl:when>
        <xsl:otherwise><xsl:call-template name="empty"><xsl:with-param name="id" select="'stretches'"/></xsl:call-template></xsl:otherwise>
      </xsl:choose>
    </section>
    <section id="definitions">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'definitions'"/></xsl:call-template>
      <xsl:if test="e:definitions/@of &gt; 1"><xsl:apply-templates select="e:definition" mode="definition"/></xsl:if>
      <xsl:call-template name="table">
        <xsl:with-param name="id" select="'definitions'"/>
        <xsl:with-param name="rows" select="e:definitions/e:definition[position() &gt; last() - 50]"/>
      </xsl:call-template>
      <xsl:if test="e:definitions/@of &gt; 50">
        <p class="shown">
          <xsl:call-template name="say">
            <xsl:with-param name="id" select="'dossier.cut-last'"/>
            <xsl:with-param name="a" select="50"/>
            <xsl:with-param name="b" select="format-number(e:definitions/@of, '#,##0')"/>
            <xsl:with-param name="c"><a href="{$up}v/index.html"><code>v/index.html</code></a></xsl:with-param>
          </xsl:call-template>
        </p>
      </xsl:if>
    </section>
    <section id="changes">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'changes'"/></xsl:call-template>
      <xsl:apply-templates select="e:changes" mode="body"/>
      <xsl:apply-templates select="e:changes" mode="shown"/>
    </section>
    <section id="classes">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'rule-classes'"/></xsl:call-template>
      <xsl:apply-templates select="e:classes" mode="body"/>
    </section>
    <section id="tally">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'tally'"/></xsl:call-template>
      <xsl:choose>
        <xsl:when test="e:tally/e:tally-row">
          <xsl:call-template name="table">
            <xsl:with-param name="id" select="'dossier-tally'"/>
            <xsl:with-param name="written"><xsl:apply-templates select="e:tally/e:tally-row" mode="sum-line"/></xsl:with-param>
          </xsl:call-template>
          <xsl:apply-templates select="e:tally" mode="shown"/>
        </xsl:when>
        <xsl:otherwise><xsl:call-template name="empty"><xsl:with-param name="id" select="'tally'"/></xsl:call-template></xsl:otherwise>
      </xsl:choose>
    </section>
    <xsl:if test="e:dormant">
      <section id="dormant">
        <xsl:call-template name="section-head"><xsl:with-param name="words" select="'dormant'"/></xsl:call-template>
        <ul><xsl:apply-templates select="e:dormant" mode="row"/></ul>
      </section>
    </xsl:if>
    <xsl:if test="e:permitted or e:definition/@action = 'permit'">
      <section id="permitted">
        <xsl:call-template name="section-head"><xsl:with-param name="words" select="'permitted'"/></xsl:call-template>
        <xsl:choose>
          <xsl:when test="e:permitted">
            <xsl:call-template name="table">
              <xsl:with-param name="id" select="'permitted'"/>
              <xsl:with-param name="rows" select="e:permitted"/>
            </xsl:call-template>
          </xsl:when>
          <xsl:otherwise><xsl:call-template name="empty"><xsl:with-param name="id" select="'permitted'"/></xsl:call-template></xsl:otherwise>
        </xsl:choose>
      </section>
    </xsl:if>
    <xsl:if test="e:days">
      <section id="days">
        <xsl:call-template name="section-head"><xsl:with-param name="words" select="'rule-days'"/></xsl:call-template>
        <xsl:apply-templates select="e:days" mode="body"/>
        <xsl:apply-templates select="e:days" mode="rows"/>
      </section>
    </xsl:if>
    <xsl:if test="e:drift">
      <section id="drift">
        <xsl:call-template name="section-head"><xsl:with-param name="words" select="'drift'"/></xsl:call-template>
        <xsl:apply-templates select="e:drift" mode="body"/>
      </section>
    </xsl:if>
    <section id="findings">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'dossier-findings'"/></xsl:call-template>
      <xsl:choose>
        <xsl:when test="e:check-words">
          <xsl:apply-templates select="e:check-words" mode="body"/>
          <xsl:apply-templates select="e:findings" mode="shown"/>
        </xsl:when>
        <xsl:otherwise><xsl:call-template name="empty"><xsl:with-param name="id" select="'rule-findings'"/></xsl:call-template></xsl:otherwise>
      </xsl:choose>
    </section>
    <section id="controls">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'controls'"/></xsl:call-template>
      <xsl:apply-templates select="$context" mode="mapping"/>
      <xsl:choose>
        <xsl:when test="e:controls/e:control-ref">
          <xsl:call-template name="table">
            <xsl:with-param name="id" select="'dossier-controls'"/>
            <xsl:with-param name="written"><xsl:apply-templates select="e:controls/e:control-ref[position() &lt;= 200]" mode="short"/></xsl:with-param>
          </xsl:call-template>
          <xsl:call-template name="cut">
            <xsl:with-param name="n" select="200"/>
            <xsl:with-param name="of" select="count(e:controls/e:control-ref)"/>
            <xsl:with-param name="page" select="$context/@page"/>
          </xsl:call-template>
        </xsl:when>
        <xsl:otherwise><xsl:call-template name="empty"><xsl:with-param name="id" select="'controls'"/></xsl:call-template></xsl:otherwise>
      </xsl:choose>
    </section>
    <section id="exceptions">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'dossier-exceptions'"/></xsl:call-template>
      <xsl:choose>
        <xsl:when test="e:exceptions/e:exception">
          <xsl:call-template name="table">
            <xsl:with-param name="id" select="'dossier-exceptions'"/>
            <xsl:with-param name="rows" select="e:exceptions/e:exception"/>
          </xsl:call-template>
          <p class="shown">
            <xsl:call-template name="say">
              <xsl:with-param name="id" select="'dossier.exceptions'"/>
              <xsl:with-param name="a" select="format-number(e:exceptions/@shown, '#,##0')"/>
              <xsl:with-param name="b" select="format-number(e:exceptions/@of, '#,##0')"/>
              <xsl:with-param name="c"><a href="{$up}{e:exceptions/@page}"><code><xsl:value-of select="e:exceptions/@page"/></code></a></xsl:with-param>
            </xsl:call-template>
          </p>
        </xsl:when>
        <xsl:otherwise><xsl:call-template name="empty"><xsl:with-param name="id" select="'examples'"/></xsl:call-template></xsl:otherwise>
      </xsl:choose>
    </section>
    <section id="limits" class="limits">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'dossier-limits'"/></xsl:call-template>
      <xsl:call-template name="limits"/>
    </section>
    <section id="sources">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'dossier-sources'"/></xsl:call-template>
      <xsl:apply-templates select="e:source-digests" mode="body"/>
    </section>
    <xsl:call-template name="dossier-sign-off"/>
  </xsl:template>

  <xsl:template match="e:check-words" mode="body">
    <div class="check">
      <xsl:apply-templates select="." mode="heading"/>
      <dl class="facts words"><xsl:apply-templates select="." mode="words"/></dl>
      <xsl:apply-templates select="key('finding-of-check', @id)" mode="in-full"/>
    </div>
  </xsl:template>

  <xsl:template match="e:tally-row" mode="version"><bdi class="id"><xsl:value-of select="@version"/></bdi></xsl:template>
  <xsl:template match="e:tally-row[@all-versions]" mode="version">
    <xsl:call-template name="label"><xsl:with-param name="id" select="'tally.all-versions'"/></xsl:call-template>
  </xsl:template>

  <xsl:template match="e:tally-row" mode="sum-line">
    <tr>
      <th scope="row"><xsl:apply-templates select="." mode="version"/></th>
      <td><xsl:apply-templates select="." mode="owner-name"/></td>
      <td><xsl:apply-templates select="@class" mode="short"/></td>
      <td class="n">
        <xsl:choose>
          <xsl:when test="@page"><a href="{$up}{@page}"><xsl:value-of select="format-number(@n, '#,##0')"/></a></xsl:when>
          <xsl:otherwise><xsl:value-of select="format-number(@n, '#,##0')"/></xsl:otherwise>
        </xsl:choose>
      </td>
      <td class="n"><xsl:value-of select="format-number(@indeterminate, '#,##0')"/></td>
    </tr>
  </xsl:template>

  <!-- Who answered, without a link: the table of owners above has it. -->
  <xsl:template match="*[@owner]" mode="owner-name">
    <xsl:choose>
      <xsl:when test="@owner = '-' or @owner = ''">
        <xsl:call-template name="badge">
          <xsl:with-param name="kind" select="'owner-status'"/>
          <xsl:with-param name="value" select="'none'"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:otherwise>
        <bdi><xsl:value-of select="@owner"/></bdi>
        <xsl:if test="@owner-status = 'departed'">
          <xsl:text> </xsl:text>
          <xsl:apply-templates select="@owner-status" mode="badge"/>
        </xsl:if>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Sign and words of a class, and no link: the table of classes above has it. Looked up plainly, since there are hundreds. -->
  <xsl:template match="@class" mode="short">
    <xsl:variable name="class" select="string(.)"/>
    <xsl:variable name="quiet" select=". = 'compliant' or . = 'permitted_fallback' or . = 'not_served' or . = 'malformed'"/>
    <span>
      <xsl:attribute name="class">
        <xsl:text>class</xsl:text>
        <xsl:if test="not($quiet)"> departs</xsl:if>
      </xsl:attribute>
      <xsl:for-each select="$strings">
        <i aria-hidden="true"><xsl:value-of select="key('string', concat('symbol.exception.', not($quiet)))"/></i>
        <xsl:text> </xsl:text>
        <xsl:value-of select="key('string', concat('class.', $class))"/>
      </xsl:for-each>
    </span>
  </xsl:template>

  <xsl:template match="e:control-ref" mode="short">
    <tr>
      <th scope="row"><a href="{$up}{@page}"><bdi class="id"><xsl:value-of select="@display"/></bdi></a></th>
      <td><bdi><xsl:value-of select="@framework-title"/></bdi></td>
      <td><bdi><xsl:value-of select="@title"/></bdi></td>
      <td><xsl:apply-templates select="@state" mode="badge"/></td>
    </tr>
  </xsl:template>

  <xsl:template match="e:exception" mode="row">
    <tr>
      <th scope="row"><bdi class="id"><xsl:value-of select="@request-id"/></bdi></th>
      <td><xsl:apply-templates select="@at" mode="value"/></td>
      <td><xsl:apply-templates select="@class" mode="short"/></td>
      <td><xsl:apply-templates select="@requested-model" mode="value"/></td>
      <td><xsl:apply-templates select="@served-model" mode="value"/></td>
      <td><bdi class="id"><xsl:value-of select="@version"/></bdi></td>
      <td><xsl:apply-templates select="." mode="owner-name"/></td>
      <td><bdi class="id"><xsl:value-of select="@source"/></bdi></td>
      <td class="n"><xsl:value-of select="format-number(@line, '#,##0')"/></td>
    </tr>
  </xsl:template>

</xsl:stylesheet>
