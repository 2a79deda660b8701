<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     One routing log: digest, fate of its lines, how its fields were read, days, rejects.
  INPUT       <source>
  OUTPUT      s/….html
  PARAMETERS  language (parts/strings.xsl)
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1" exclude-result-prefixes="e">

  <xsl:import href="../parts/frame.xsl"/>
  <xsl:import href="../parts/sources.xsl"/>
  <xsl:import href="../parts/days.xsl"/>
  <xsl:import href="../parts/log-strips.xsl"/>

  <xsl:variable name="entry" select="'source'"/>

  <xsl:template match="/e:source"><xsl:apply-templates select="." mode="page"/></xsl:template>

  <xsl:template match="e:source" mode="headline">
    <p class="kicker"><xsl:call-template name="label"><xsl:with-param name="id" select="'kicker.source'"/></xsl:call-template></p>
    <h1><bdi class="id"><xsl:value-of select="e:facts/@name"/></bdi></h1>
    <p class="lead"><xsl:call-template name="label"><xsl:with-param name="id" select="'lead.source'"/></xsl:call-template></p>
  </xsl:template>

  <xsl:template match="e:source" mode="body">
    <xsl:call-template name="contents">
      <xsl:with-param name="ids">
        <xsl:text>equation source-facts derived </xsl:text>
        <xsl:if test="e:log-strips">in-time=source-in-time </xsl:if>
        <xsl:text>days rejects day-table</xsl:text>
      </xsl:with-param>
    </xsl:call-template>
    <section id="equation">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'equation'"/></xsl:call-template>
      <xsl:apply-templates select="e:facts" mode="equation"/>
    </section>
    <section id="source-facts">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'source-facts'"/></xsl:call-template>
      <xsl:apply-templates select="e:facts" mode="facts"/>
    </section>
    <section id="derived">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'derived'"/></xsl:call-template>
      <xsl:choose>
        <xsl:when test="e:derived">
          <xsl:call-template name="table">
            <xsl:with-param name="id" select="'derived'"/>
            <xsl:with-param name="rows" select="e:derived"/>
          </xsl:call-template>
        </xsl:when>
        <xsl:otherwise>
          <xsl:call-template name="empty"><xsl:with-param name="id" select="'derived'"/></xsl:call-template>
        </xsl:otherwise>
      </xsl:choose>
    </section>
    <xsl:if test="e:log-strips">
      <section id="in-time">
        <xsl:call-template name="section-head"><xsl:with-param name="words" select="'source-in-time'"/></xsl:call-template>
        <xsl:apply-templates select="e:log-strips" mode="body"/>
      </section>
    </xsl:if>
    <section id="days">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'days'"/></xsl:call-template>
      <xsl:apply-templates select="e:days" mode="body"/>
    </section>
    <section id="rejects">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'rejects'"/></xsl:call-template>
      <xsl:apply-templates select="e:rejects" mode="body"/>
    </section>
    <section id="day-table">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'day-table'"/></xsl:call-template>
      <xsl:apply-templates select="e:days" mode="rows"/>
    </section>
  </xsl:template>

  <xsl:template match="e:facts" mode="facts">
    <dl class="facts">
        <xsl:call-template name="fact">
          <xsl:with-param name="name" select="'format'"/>
          <xsl:with-param name="value">
            <bdi><xsl:value-of select="@format"/></bdi>
            <xsl:text>, </xsl:text>
            <xsl:apply-templates select="@compression" mode="value"/>
          </xsl:with-param>
        </xsl:call-template>
        <xsl:if test="@gone = 'true'">
          <xsl:call-template name="fact">
            <xsl:with-param name="name" select="'presence'"/>
            <xsl:with-param name="value"><xsl:call-template name="label"><xsl:with-param name="id" select="'source.gone'"/></xsl:call-template></xsl:with-param>
          </xsl:call-template>
        </xsl:if>
        <xsl:call-template name="fact">
          <xsl:with-param name="name" select="'bytes'"/>
          <xsl:with-param name="value"><xsl:apply-templates select="@bytes" mode="value"/></xsl:with-param>
        </xsl:call-template>
        <xsl:call-template name="fact">
          <xsl:with-param name="name" select="'sha256'"/>
          <xsl:with-param name="value"><xsl:apply-templates select="@sha256" mode="value"/></xsl:with-param>
        </xsl:call-template>
        <xsl:call-template name="fact">
          <xsl:with-param name="name" select="'first'"/>
          <xsl:with-param name="value"><xsl:apply-templates select="@first" mode="value"/></xsl:with-param>
        </xsl:call-template>
        <xsl:call-template name="fact">
          <xsl:with-param name="name" select="'last'"/>
          <xsl:with-param name="value"><xsl:apply-templates select="@last" mode="value"/></xsl:with-param>
        </xsl:call-template>
        <xsl:call-template name="fact">
          <xsl:with-param name="name" select="'exceptions'"/>
          <xsl:with-param name="value">
            <xsl:call-template name="amount">
              <xsl:with-param name="n" select="@exceptions"/>
              <xsl:with-param name="of" select="@judged"/>
              <xsl:with-param name="page" select="concat($here, '#day-table')"/>
            </xsl:call-template>
          </xsl:with-param>
        </xsl:call-template>
        <xsl:if test="@folded &gt; 0">
          <xsl:call-template name="fact">
            <xsl:with-param name="name" select="'folded'"/>
            <xsl:with-param name="value"><xsl:apply-templates select="@folded" mode="value"/></xsl:with-param>
          </xsl:call-template>
        </xsl:if>
        <xsl:if test="@other &gt; 0">
          <xsl:call-template name="fact">
            <xsl:with-param name="name" select="'other'"/>
            <xsl:with-param name="value"><xsl:apply-templates select="@other" mode="value"/></xsl:with-param>
          </xsl:call-template>
        </xsl:if>
        <xsl:call-template name="fact">
          <xsl:with-param name="name" select="'zone-assumed'"/>
          <xsl:with-param name="value"><xsl:apply-templates select="@zone-assumed" mode="value"/></xsl:with-param>
        </xsl:call-template>
    </dl>
  </xsl:template>

  <xsl:template match="e:derived" mode="row">
    <tr>
      <th scope="row">
        <xsl:call-template name="word">
          <xsl:with-param name="kind" select="'field'"/>
          <xsl:with-param name="value" select="@field"/>
        </xsl:call-template>
      </th>
      <td><bdi><xsl:value-of select="@from"/></bdi></td>
      <td class="n"><xsl:apply-templates select="@logged" mode="value"/></td>
      <td class="n"><xsl:apply-templates select="@matched" mode="value"/></td>
      <td class="n"><xsl:apply-templates select="@inferred" mode="value"/></td>
      <td class="n"><xsl:apply-templates select="@empty" mode="value"/></td>
      <td class="n"><xsl:value-of select="@share-text"/></td>
    </tr>
  </xsl:template>

  <xsl:template match="e:rejects" mode="body">
    <xsl:if test="e:reason">
      <xsl:call-template name="table">
        <xsl:with-param name="id" select="'reasons'"/>
        <xsl:with-param name="rows" select="e:reason"/>
      </xsl:call-template>
    </xsl:if>
    <xsl:if test="e:reject">
      <xsl:call-template name="table">
        <xsl:with-param name="id" select="'rejects'"/>
        <xsl:with-param name="rows" select="e:reject"/>
      </xsl:call-template>
    </xsl:if>
    <xsl:apply-templates select="." mode="shown"/>
  </xsl:template>

  <xsl:template match="e:rejects[not(e:reason) and not(e:reject)]" mode="body">
    <xsl:call-template name="empty"><xsl:with-param name="id" select="'rejects'"/></xsl:call-template>
  </xsl:template>

  <xsl:template match="e:reason" mode="row">
    <tr>
      <th scope="row">
        <bdi><xsl:value-of select="@words"/></bdi>
        <div><bdi class="id quiet"><xsl:value-of select="@id"/></bdi></div>
      </th>
      <td class="n">
        <xsl:call-template name="number">
          <xsl:with-param name="n" select="@n"/>
          <xsl:with-param name="page" select="concat($here, '#rejects')"/>
        </xsl:call-template>
      </td>
    </tr>
  </xsl:template>

  <xsl:template match="e:reject" mode="row">
    <tr id="{@anchor}">
      <th scope="row" class="n"><xsl:apply-templates select="@line" mode="value"/></th>
      <td class="n"><xsl:apply-templates select="@byte-offset" mode="value"/></td>
      <td class="n"><xsl:apply-templates select="@bytes" mode="value"/></td>
      <td><bdi><xsl:value-of select="@reason"/></bdi></td>
      <td><xsl:apply-templates select="@line-sha256" mode="value"/></td>
    </tr>
  </xsl:template>

</xsl:stylesheet>
