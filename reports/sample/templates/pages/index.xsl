<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     The front page: what was examined, what came of it, and five doors.
  INPUT       <pack>: evidence/pack.xml
  OUTPUT      index.html
  PARAMETERS  language (parts/strings.xsl)
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1" exclude-result-prefixes="e">

  <xsl:import href="../parts/frame.xsl"/>
  <xsl:import href="../parts/classes.xsl"/>
  <xsl:import href="../parts/findings.xsl"/>
  <xsl:import href="../parts/controls.xsl"/>
  <xsl:import href="../parts/sources.xsl"/>
  <xsl:import href="../parts/days.xsl"/>
  <xsl:import href="../parts/since.xsl"/>

  <xsl:variable name="entry" select="'index'"/>
  <xsl:variable name="here" select="'index.html'"/>

  <xsl:template match="/e:pack"><xsl:apply-templates select="." mode="page"/></xsl:template>

  <xsl:template match="e:pack" mode="headline">
    <p class="kicker"><xsl:call-template name="label"><xsl:with-param name="id" select="'index.kicker'"/></xsl:call-template></p>
    <h1>
      <bdi><xsl:value-of select="$context/@organisation"/></bdi>
      <span class="period-line"><xsl:value-of select="$context/@period-text"/></span>
    </h1>
    <xsl:apply-templates select="e:totals" mode="lead"/>
  </xsl:template>

  <xsl:template match="e:totals" mode="lead">
    <p class="lead">
      <xsl:call-template name="say">
        <xsl:with-param name="id" select="'index.lead'"/>
        <xsl:with-param name="n" select="@judged"/>
        <xsl:with-param name="a">
          <xsl:call-template name="number">
            <xsl:with-param name="n" select="@judged"/>
            <xsl:with-param name="page" select="'reconciliation.html'"/>
          </xsl:call-template>
        </xsl:with-param>
        <xsl:with-param name="b">
          <xsl:call-template name="number">
            <xsl:with-param name="n" select="@versions"/>
            <xsl:with-param name="page" select="'v/index.html'"/>
          </xsl:call-template>
        </xsl:with-param>
        <xsl:with-param name="c">
          <xsl:call-template name="number">
            <xsl:with-param name="n" select="@exceptions"/>
            <xsl:with-param name="page" select="'d/index.html'"/>
          </xsl:call-template>
        </xsl:with-param>
        <xsl:with-param name="d">
          <xsl:call-template name="number">
            <xsl:with-param name="n" select="@findings"/>
            <xsl:with-param name="page" select="'f/index.html'"/>
          </xsl:call-template>
        </xsl:with-param>
      </xsl:call-template>
    </p>
    <p class="lead-more">
      <xsl:choose>
        <xsl:when test="@first and @last">
          <xsl:call-template name="say">
            <xsl:with-param name="id" select="'index.bounds'"/>
            <xsl:with-param name="a"><xsl:apply-templates select="@first" mode="value"/></xsl:with-param>
            <xsl:with-param name="b"><xsl:apply-templates select="@last" mode="value"/></xsl:with-param>
          </xsl:call-template>
        </xsl:when>
        <xsl:otherwise>
          <xsl:call-template name="label"><xsl:with-param name="id" select="'index.no-bounds'"/></xsl:call-template>
        </xsl:otherwise>
      </xsl:choose>
      <xsl:text> </xsl:text>
      <xsl:call-template name="label"><xsl:with-param name="id" select="'index.first-time'"/></xsl:call-template>
    </p>
  </xsl:template>

  <xsl:template match="e:totals[@judged = 0]" mode="lead">
    <p class="lead"><xsl:call-template name="label"><xsl:with-param name="id" select="'index.lead-empty'"/></xsl:call-template></p>
  </xsl:template>

  <xsl:template match="e:pack" mode="body">
    <section id="checks-results">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'checks-results'"/></xsl:call-template>
      <xsl:choose>
        <xsl:when test="e:checks/e:result-count">
          <ul class="tiles"><xsl:apply-templates select="e:checks/e:result-count" mode="tile"/></ul>
        </xsl:when>
        <xsl:otherwise><xsl:call-template name="empty"><xsl:with-param name="id" select="'checks'"/></xsl:call-template></xsl:otherwise>
      </xsl:choose>
    </section>
    <section id="coverage">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'coverage'"/></xsl:call-template>
      <xsl:apply-templates select="$context" mode="mapping"/>
      <xsl:choose>
        <xsl:when test="e:coverage/e:framework">
          <xsl:call-template name="table">
            <xsl:with-param name="id" select="'frameworks'"/>
            <xsl:with-param name="rows" select="e:coverage/e:framework"/>
          </xsl:call-template>
        </xsl:when>
        <xsl:otherwise>
          <xsl:call-template name="empty"><xsl:with-param name="id" select="'frameworks'"/></xsl:call-template>
        </xsl:otherwise>
      </xsl:choose>
    </section>
    <section id="reconciled">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'reconciled'"/></xsl:call-template>
      <xsl:apply-templates select="e:totals" mode="equation"/>
      <dl class="facts">
        <xsl:call-template name="fact">
          <xsl:with-param name="name" select="'holes'"/>
          <xsl:with-param name="value"><xsl:apply-templates select="e:holes" mode="sum"/></xsl:with-param>
        </xsl:call-template>
        <xsl:call-template name="fact">
          <xsl:with-param name="name" select="'control-totals'"/>
          <xsl:with-param name="value">
            <xsl:apply-templates select="e:control-total" mode="sum"/>
            <xsl:if test="not(e:control-total)">
              <span class="quiet"><xsl:call-template name="label"><xsl:with-param name="id" select="'index.control-total.none'"/></xsl:call-template></span>
            </xsl:if>
          </xsl:with-param>
        </xsl:call-template>
        <xsl:call-template name="fact">
          <xsl:with-param name="name" select="'duplicates'"/>
          <xsl:with-param name="value">
            <xsl:call-template name="number">
              <xsl:with-param name="n" select="e:totals/@duplicate-request-ids"/>
              <xsl:with-param name="page" select="'reconciliation.html#hash-totals'"/>
            </xsl:call-template>
          </xsl:with-param>
        </xsl:call-template>
      </dl>
      <p class="more">
        <a href="reconciliation.html">
          <xsl:call-template name="label"><xsl:with-param name="id" select="'index.reconciliation'"/></xsl:call-template>
        </a>
      </p>
      <p class="more">
        <a href="verify.html"><xsl:call-template name="label"><xsl:with-param name="id" select="'index.verify'"/></xsl:call-template></a>
      </p>
    </section>
    <xsl:apply-templates select="e:previous" mode="body"/>
    <section id="doors">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'doors'"/></xsl:call-template>
      <ul class="doors"><xsl:apply-templates select="e:doors/e:door" mode="row"/></ul>
      <p class="more">
        <a href="a-z/index.html"><xsl:call-template name="label"><xsl:with-param name="id" select="'index.a-z'"/></xsl:call-template></a>
      </p>
    </section>
    <section id="classes">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'classes'"/></xsl:call-template>
      <xsl:apply-templates select="e:classes" mode="body"/>
    </section>
    <section id="days">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'days'"/></xsl:call-template>
      <xsl:apply-templates select="e:days" mode="body"/>
      <p class="more">
        <a href="reconciliation.html#day-table">
          <xsl:call-template name="label"><xsl:with-param name="id" select="'index.day-table'"/></xsl:call-template>
        </a>
      </p>
    </section>
    <section id="top-findings">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'top-findings'"/></xsl:call-template>
      <xsl:apply-templates select="e:top-findings" mode="body"/>
    </section>
    <section id="what-changed">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'what-changed'"/></xsl:call-template>
      <xsl:apply-templates select="e:totals" mode="changed"/>
    </section>
    <xsl:if test="e:dormant-rules">
      <section id="dormant-rules">
        <xsl:call-template name="section-head"><xsl:with-param name="words" select="'dormant-rules'"/></xsl:call-template>
        <xsl:call-template name="table">
          <xsl:with-param name="id" select="'dormant-rules'"/>
          <xsl:with-param name="rows" select="e:dormant-rules/e:dormant-rule"/>
        </xsl:call-template>
        <xsl:apply-templates select="e:dormant-rules" mode="shown"/>
      </section>
    </xsl:if>
  </xsl:template>

  <!-- What the sum of the lines cannot show. -->
  <xsl:template match="e:holes" mode="sum">
    <xsl:call-template name="say">
      <xsl:with-param name="id" select="'index.holes'"/>
      <xsl:with-param name="a">
        <xsl:call-template name="number"><xsl:with-param name="n" select="@of"/><xsl:with-param name="page" select="'reconciliation.html#holes'"/></xsl:call-template>
      </xsl:with-param>
      <xsl:with-param name="b" select="format-number(@hours-tolerated, '#,##0')"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="e:control-total" mode="sum">
    <div>
      <xsl:call-template name="say">
        <xsl:with-param name="id" select="'index.control-total'"/>
        <xsl:with-param name="n" select="@differing"/>
        <xsl:with-param name="a"><bdi class="id"><xsl:value-of select="@name"/></bdi></xsl:with-param>
        <xsl:with-param name="b">
          <xsl:call-template name="number"><xsl:with-param name="n" select="@differing"/><xsl:with-param name="page" select="'reconciliation.html#control-total'"/></xsl:call-template>
        </xsl:with-param>
      </xsl:call-template>
    </div>
  </xsl:template>

  <xsl:template match="e:dormant-rule" mode="row">
    <tr>
      <th scope="row">
        <xsl:call-template name="link">
          <xsl:with-param name="page" select="@page"/>
          <xsl:with-param name="text"><bdi class="id"><xsl:value-of select="@rule"/></bdi></xsl:with-param>
        </xsl:call-template>
      </th>
      <td><xsl:apply-templates select="." mode="span"/></td>
    </tr>
  </xsl:template>

  <xsl:template match="e:result-count" mode="tile">
    <li class="tile">
      <span class="figure">
        <xsl:call-template name="number">
          <xsl:with-param name="n" select="@n"/>
          <xsl:with-param name="page" select="concat('k/index.html#result-', @result)"/>
        </xsl:call-template>
      </span>
      <xsl:text> </xsl:text>
      <span class="of">
        <xsl:call-template name="say">
          <xsl:with-param name="id" select="'of'"/>
          <xsl:with-param name="a" select="format-number(@of, '#,##0')"/>
        </xsl:call-template>
      </span>
      <xsl:text> </xsl:text>
      <xsl:apply-templates select="@result" mode="badge"/>
    </li>
  </xsl:template>

  <xsl:template match="e:door" mode="row">
    <li>
      <a href="{@page}">
        <span class="door-name">
          <xsl:call-template name="word">
            <xsl:with-param name="kind" select="'room'"/>
            <xsl:with-param name="value" select="@kind"/>
          </xsl:call-template>
        </span>
        <xsl:text> </xsl:text>
        <span class="door-n"><xsl:value-of select="format-number(@n, '#,##0')"/></span>
      </a>
      <p>
        <xsl:call-template name="say">
          <xsl:with-param name="id" select="concat('door.', @kind)"/>
          <xsl:with-param name="optional" select="true()"/>
        </xsl:call-template>
      </p>
    </li>
  </xsl:template>

  <xsl:template match="e:totals" mode="changed">
    <dl class="facts">
        <xsl:call-template name="fact">
          <xsl:with-param name="name" select="'versions-in-period'"/>
          <xsl:with-param name="value">
            <xsl:call-template name="amount">
              <xsl:with-param name="n" select="@versions-in-period"/>
              <xsl:with-param name="of" select="@versions"/>
              <xsl:with-param name="page" select="'v/index.html'"/>
            </xsl:call-template>
          </xsl:with-param>
        </xsl:call-template>
        <xsl:call-template name="fact">
          <xsl:with-param name="name" select="'changes-in-period'"/>
          <xsl:with-param name="value">
            <xsl:call-template name="number">
              <xsl:with-param name="n" select="@changes-in-period"/>
              <xsl:with-param name="page" select="'v/index.html'"/>
            </xsl:call-template>
          </xsl:with-param>
        </xsl:call-template>
        <xsl:call-template name="fact">
          <xsl:with-param name="name" select="'hand-overs-in-period'"/>
          <xsl:with-param name="value">
            <xsl:call-template name="number">
              <xsl:with-param name="n" select="@hand-overs-in-period"/>
              <xsl:with-param name="page" select="'o/index.html'"/>
            </xsl:call-template>
          </xsl:with-param>
        </xsl:call-template>
    </dl>
    <xsl:if test="not(../e:previous)">
      <p class="empty"><xsl:call-template name="label"><xsl:with-param name="id" select="'index.no-previous'"/></xsl:call-template></p>
    </xsl:if>
  </xsl:template>

</xsl:stylesheet>
