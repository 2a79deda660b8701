<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     Nothing left out: the fate of every line, by source and by day; holes in time; hash totals.
  INPUT       <pack>: evidence/pack.xml
  OUTPUT      reconciliation.html
  PARAMETERS  language (parts/strings.xsl)
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1" exclude-result-prefixes="e">

  <xsl:import href="../parts/frame.xsl"/>
  <xsl:import href="../parts/sources.xsl"/>
  <xsl:import href="../parts/days.xsl"/>
  <xsl:import href="../parts/log-strips.xsl"/>

  <xsl:variable name="entry" select="'reconciliation'"/>
  <xsl:variable name="here" select="'reconciliation.html'"/>

  <xsl:template match="/e:pack"><xsl:apply-templates select="." mode="page"/></xsl:template>

  <xsl:template match="e:pack" mode="body">
    <xsl:call-template name="contents">
      <xsl:with-param name="ids">
        <xsl:text>equation </xsl:text>
        <xsl:if test="e:log-strips">in-time </xsl:if>
        <xsl:text>by-source days holes hash-totals control-total day-table</xsl:text>
      </xsl:with-param>
    </xsl:call-template>
    <section id="equation">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'equation'"/></xsl:call-template>
      <xsl:apply-templates select="e:totals" mode="equation"/>
    </section>
    <xsl:if test="e:log-strips">
      <section id="in-time">
        <xsl:call-template name="section-head"><xsl:with-param name="words" select="'in-time'"/></xsl:call-template>
        <xsl:apply-templates select="e:log-strips" mode="body"/>
      </section>
    </xsl:if>
    <section id="by-source">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'by-source'"/></xsl:call-template>
      <xsl:choose>
        <xsl:when test="e:sources/e:source-facts">
          <xsl:call-template name="table">
            <xsl:with-param name="id" select="'sources'"/>
            <xsl:with-param name="rows" select="e:sources/e:source-facts"/>
          </xsl:call-template>
        </xsl:when>
        <xsl:otherwise>
          <xsl:call-template name="empty"><xsl:with-param name="id" select="'sources'"/></xsl:call-template>
        </xsl:otherwise>
      </xsl:choose>
      <xsl:apply-templates select="e:sources" mode="shown"/>
    </section>
    <section id="days">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'days'"/></xsl:call-template>
      <xsl:apply-templates select="e:days" mode="body"/>
    </section>
    <section id="holes">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'holes'"/></xsl:call-template>
      <xsl:choose>
        <xsl:when test="e:holes/e:hole">
          <xsl:call-template name="table">
            <xsl:with-param name="id" select="'holes'"/>
            <xsl:with-param name="rows" select="e:holes/e:hole"/>
          </xsl:call-template>
        </xsl:when>
        <xsl:otherwise><xsl:call-template name="empty"><xsl:with-param name="id" select="'holes'"/></xsl:call-template></xsl:otherwise>
      </xsl:choose>
      <xsl:apply-templates select="e:holes" mode="shown"/>
      <p class="shown">
        <xsl:call-template name="say">
          <xsl:with-param name="id" select="'holes.tolerated'"/>
          <xsl:with-param name="n" select="e:holes/@hours-tolerated"/>
          <xsl:with-param name="a" select="format-number(e:holes/@hours-tolerated, '#,##0')"/>
        </xsl:call-template>
      </p>
    </section>
    <section id="hash-totals">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'hash-totals'"/></xsl:call-template>
      <dl class="facts">
        <xsl:apply-templates select="e:totals/@tokens-in" mode="fact"/>
        <xsl:apply-templates select="e:totals/@tokens-out" mode="fact"/>
      <xsl:call-template name="fact">
        <xsl:with-param name="name" select="'cost'"/>
        <xsl:with-param name="value"><xsl:value-of select="e:totals/@cost-text"/></xsl:with-param>
      </xsl:call-template>
        <xsl:apply-templates select="e:totals/@cost-micros" mode="fact"/>
        <xsl:apply-templates select="e:totals/@duplicate-request-ids" mode="fact"/>
        <xsl:apply-templates select="e:totals/@indeterminate" mode="fact"/>
      </dl>
    </section>
    <section id="control-total">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'control-total'"/></xsl:call-template>
      <xsl:choose>
        <xsl:when test="e:control-total"><xsl:apply-templates select="e:control-total" mode="body"/></xsl:when>
        <xsl:otherwise>
          <p class="empty">
            <xsl:call-template name="label"><xsl:with-param name="id" select="'reconciliation.no-control-total'"/></xsl:call-template>
          </p>
        </xsl:otherwise>
      </xsl:choose>
    </section>
    <section id="day-table">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'day-table'"/></xsl:call-template>
      <xsl:apply-templates select="e:days" mode="rows"/>
    </section>
  </xsl:template>

  <xsl:template match="e:control-total" mode="body">
    <p class="section-lead">
      <xsl:call-template name="say">
        <xsl:with-param name="id" select="'reconciliation.control-total'"/>
        <xsl:with-param name="a"><bdi class="id"><xsl:value-of select="@name"/></bdi></xsl:with-param>
        <xsl:with-param name="b"><xsl:apply-templates select="@stated" mode="value"/></xsl:with-param>
        <xsl:with-param name="c"><xsl:apply-templates select="@days" mode="value"/></xsl:with-param>
      </xsl:call-template>
    </p>
    <xsl:if test="@covers">
      <p class="shown">
        <xsl:call-template name="say">
          <xsl:with-param name="id" select="'reconciliation.control-covers'"/>
          <xsl:with-param name="a"><bdi class="id"><xsl:value-of select="@covers"/></bdi></xsl:with-param>
        </xsl:call-template>
      </p>
    </xsl:if>
    <xsl:if test="@outside &gt; 0">
      <p class="shown">
        <xsl:call-template name="say">
          <xsl:with-param name="id" select="'reconciliation.control-outside'"/>
          <xsl:with-param name="a"><xsl:value-of select="format-number(@outside, '#,##0')"/></xsl:with-param>
        </xsl:call-template>
      </p>
    </xsl:if>
    <xsl:if test="e:control-model">
      <xsl:call-template name="table">
        <xsl:with-param name="id" select="'control-models'"/>
        <xsl:with-param name="rows" select="e:control-model"/>
      </xsl:call-template>
    </xsl:if>
    <xsl:choose>
      <xsl:when test="e:control-day">
        <div id="control-days">
          <xsl:call-template name="table">
            <xsl:with-param name="id" select="'control-days'"/>
            <xsl:with-param name="rows" select="e:control-day"/>
          </xsl:call-template>
        </div>
      </xsl:when>
      <xsl:otherwise>
        <xsl:call-template name="empty"><xsl:with-param name="id" select="'control-days'"/></xsl:call-template>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="e:control-model" mode="row">
    <tr>
      <th scope="row"><bdi class="id"><xsl:value-of select="@model"/></bdi></th>
      <td class="n"><xsl:apply-templates select="@days" mode="value"/></td>
      <td class="n"><xsl:apply-templates select="@stated" mode="value"/></td>
      <td class="n"><xsl:apply-templates select="@logged" mode="value"/></td>
      <td class="n">
        <xsl:call-template name="number">
          <xsl:with-param name="n" select="@differing"/>
          <xsl:with-param name="page" select="'reconciliation.html#control-days'"/>
        </xsl:call-template>
      </td>
      <td>
        <xsl:call-template name="badge">
          <xsl:with-param name="kind" select="'sum'"/>
          <xsl:with-param name="value">
            <xsl:choose>
              <xsl:when test="@differing = 0">agrees</xsl:when>
              <xsl:otherwise>differs</xsl:otherwise>
            </xsl:choose>
          </xsl:with-param>
        </xsl:call-template>
      </td>
    </tr>
  </xsl:template>

  <xsl:template match="e:control-day" mode="row">
    <tr>
      <th scope="row">
        <xsl:value-of select="@date"/>
        <xsl:text>, </xsl:text>
        <bdi class="id"><xsl:value-of select="@model"/></bdi>
      </th>
      <td class="n"><xsl:apply-templates select="@stated" mode="value"/></td>
      <td class="n"><xsl:apply-templates select="@logged" mode="value"/></td>
      <td class="n"><xsl:value-of select="format-number(@difference, '+#,##0;−#,##0')"/></td>
    </tr>
  </xsl:template>

</xsl:stylesheet>
