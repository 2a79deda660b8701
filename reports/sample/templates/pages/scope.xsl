<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     What the pack covers, with which settings and inputs, and what it does not show.
  INPUT       <pack>: evidence/pack.xml
  OUTPUT      scope.html
  PARAMETERS  language (parts/strings.xsl)
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1" exclude-result-prefixes="e">

  <xsl:import href="../parts/frame.xsl"/>
  <xsl:import href="../parts/diagnostics.xsl"/>
  <xsl:import href="../parts/sources.xsl"/>
  <xsl:import href="../parts/controls.xsl"/>
  <xsl:import href="../parts/disclosure.xsl"/>

  <xsl:variable name="entry" select="'scope'"/>
  <xsl:variable name="here" select="'scope.html'"/>

  <xsl:template match="/e:pack"><xsl:apply-templates select="." mode="page"/></xsl:template>

  <xsl:template match="e:pack" mode="body">
    <xsl:variable name="disclosed"><xsl:if test="e:disclosure"> disclosure</xsl:if></xsl:variable>
    <xsl:call-template name="contents">
      <xsl:with-param name="ids" select="concat('period', $disclosed, ' limits parameters inputs mapping citations diagnostics')"/>
    </xsl:call-template>
    <section id="period">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'period'"/></xsl:call-template>
      <dl class="facts">
      <xsl:call-template name="fact">
        <xsl:with-param name="name" select="'period'"/>
        <xsl:with-param name="value"><xsl:apply-templates select="." mode="span"/></xsl:with-param>
      </xsl:call-template>
      <xsl:call-template name="fact">
        <xsl:with-param name="name" select="'clock'"/>
        <xsl:with-param name="value">
          <xsl:call-template name="label"><xsl:with-param name="id" select="'scope.clock'"/></xsl:call-template>
        </xsl:with-param>
      </xsl:call-template>
      <xsl:call-template name="fact">
        <xsl:with-param name="name" select="'semantics'"/>
        <xsl:with-param name="value">
          <xsl:call-template name="say">
            <xsl:with-param name="id" select="'scope.semantics'"/>
            <xsl:with-param name="a" select="string(@semantics)"/>
          </xsl:call-template>
        </xsl:with-param>
      </xsl:call-template>
      <xsl:call-template name="fact">
        <xsl:with-param name="name" select="'pack-id'"/>
        <xsl:with-param name="value"><bdi class="id"><xsl:value-of select="@id"/></bdi></xsl:with-param>
      </xsl:call-template>
      <xsl:call-template name="fact">
        <xsl:with-param name="name" select="'first'"/>
        <xsl:with-param name="value"><xsl:apply-templates select="e:totals/@first" mode="value"/></xsl:with-param>
      </xsl:call-template>
      <xsl:call-template name="fact">
        <xsl:with-param name="name" select="'last'"/>
        <xsl:with-param name="value"><xsl:apply-templates select="e:totals/@last" mode="value"/></xsl:with-param>
      </xsl:call-template>
      <xsl:call-template name="fact">
        <xsl:with-param name="name" select="'duplicates'"/>
        <xsl:with-param name="value"><xsl:apply-templates select="e:totals/@duplicate-request-ids" mode="value"/></xsl:with-param>
      </xsl:call-template>
      <xsl:call-template name="fact">
        <xsl:with-param name="name" select="'sampling'"/>
        <xsl:with-param name="value"><xsl:apply-templates select="e:sampling" mode="sentence"/></xsl:with-param>
      </xsl:call-template>
      </dl>
    </section>
    <xsl:apply-templates select="e:disclosure" mode="body"/>
    <section id="limits" class="limits">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'limits'"/></xsl:call-template>
      <xsl:apply-templates select="e:limits/e:p" mode="paragraph"/>
      <xsl:call-template name="prose"><xsl:with-param name="id" select="'scope'"/></xsl:call-template>
    </section>
    <section id="parameters">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'parameters'"/></xsl:call-template>
      <xsl:call-template name="table">
        <xsl:with-param name="id" select="'parameters'"/>
        <xsl:with-param name="rows" select="e:parameters/e:parameter"/>
      </xsl:call-template>
    </section>
    <section id="inputs">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'inputs'"/></xsl:call-template>
      <xsl:choose>
        <xsl:when test="e:inputs/e:input">
          <xsl:call-template name="table">
            <xsl:with-param name="id" select="'inputs'"/>
            <xsl:with-param name="rows" select="e:inputs/e:input"/>
          </xsl:call-template>
        </xsl:when>
        <xsl:otherwise><xsl:call-template name="empty"><xsl:with-param name="id" select="'inputs'"/></xsl:call-template></xsl:otherwise>
      </xsl:choose>
    </section>
    <section id="mapping">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'mapping'"/></xsl:call-template>
      <xsl:apply-templates select="$context" mode="mapping"/>
      <dl class="facts">
      <xsl:call-template name="fact">
        <xsl:with-param name="name" select="'mapping-id'"/>
        <xsl:with-param name="value"><bdi class="id"><xsl:value-of select="e:mapping/@id"/></bdi></xsl:with-param>
      </xsl:call-template>
      <xsl:call-template name="fact">
        <xsl:with-param name="name" select="'mapping-version'"/>
        <xsl:with-param name="value"><bdi><xsl:value-of select="e:mapping/@version"/></bdi></xsl:with-param>
      </xsl:call-template>
      <xsl:call-template name="fact">
        <xsl:with-param name="name" select="'mapping-review'"/>
        <xsl:with-param name="value"><xsl:apply-templates select="e:mapping/@review" mode="review"/></xsl:with-param>
      </xsl:call-template>
      <xsl:call-template name="fact">
        <xsl:with-param name="name" select="'note'"/>
        <xsl:with-param name="value"><bdi><xsl:value-of select="e:mapping/@note"/></bdi></xsl:with-param>
      </xsl:call-template>
      </dl>
      <xsl:if test="e:mapping/e:review">
        <xsl:call-template name="table">
          <xsl:with-param name="id" select="'reviews'"/>
          <xsl:with-param name="rows" select="e:mapping/e:review"/>
        </xsl:call-template>
      </xsl:if>
    </section>
    <xsl:apply-templates select="e:mapping" mode="overrides"/>
    <section id="citations">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'citations'"/></xsl:call-template>
      <xsl:choose>
        <xsl:when test="e:citations/e:citation">
          <xsl:call-template name="table">
            <xsl:with-param name="id" select="'citations'"/>
            <xsl:with-param name="rows" select="e:citations/e:citation"/>
          </xsl:call-template>
        </xsl:when>
        <xsl:otherwise>
          <xsl:call-template name="empty"><xsl:with-param name="id" select="'citations'"/></xsl:call-template>
        </xsl:otherwise>
      </xsl:choose>
    </section>
    <section id="diagnostics">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'diagnostics'"/></xsl:call-template>
      <xsl:apply-templates select="e:diagnostics" mode="body"/>
    </section>
  </xsl:template>

  <xsl:template match="e:sampling" mode="sentence">
    <xsl:call-template name="say">
      <xsl:with-param name="id" select="'scope.sampling'"/>
      <xsl:with-param name="a">
        <xsl:call-template name="number">
          <xsl:with-param name="n" select="@rows"/>
          <xsl:with-param name="page" select="@page"/>
        </xsl:call-template>
      </xsl:with-param>
      <xsl:with-param name="b"><xsl:apply-templates select="@strata" mode="value"/></xsl:with-param>
      <xsl:with-param name="c"><xsl:apply-templates select="@per-stratum" mode="value"/></xsl:with-param>
      <xsl:with-param name="d"><bdi class="id"><xsl:value-of select="@seed"/></bdi></xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="e:p" mode="paragraph"><p><bdi><xsl:value-of select="."/></bdi></p></xsl:template>

  <xsl:template match="e:parameter" mode="row">
    <tr>
      <th scope="row"><bdi class="id"><xsl:value-of select="@name"/></bdi></th>
      <td><bdi class="id"><xsl:value-of select="@value"/></bdi></td>
      <td><bdi><xsl:value-of select="@origin"/></bdi></td>
    </tr>
  </xsl:template>

  <xsl:template match="e:input" mode="row">
    <tr id="{@anchor}">
      <th scope="row">
        <bdi class="id"><xsl:value-of select="@name"/></bdi>
        <xsl:if test="@note"><div class="quiet"><bdi><xsl:value-of select="@note"/></bdi></div></xsl:if>
      </th>
      <td>
        <xsl:call-template name="word">
          <xsl:with-param name="kind" select="'input'"/>
          <xsl:with-param name="value" select="@kind"/>
        </xsl:call-template>
      </td>
      <td><bdi><xsl:value-of select="@format"/></bdi></td>
      <td class="n"><xsl:apply-templates select="@records" mode="value"/></td>
      <td class="n">
        <xsl:apply-templates select="@bytes" mode="value"/>
        <xsl:if test="not(@bytes)">
          <span class="quiet">
            <xsl:call-template name="label"><xsl:with-param name="id" select="'value.unrecorded'"/></xsl:call-template>
          </span>
        </xsl:if>
      </td>
      <td>
        <xsl:apply-templates select="@sha256" mode="value"/>
        <xsl:if test="not(@sha256)">
          <span class="quiet">
            <xsl:call-template name="label"><xsl:with-param name="id" select="'value.no-digest'"/></xsl:call-template>
          </span>
        </xsl:if>
      </td>
    </tr>
  </xsl:template>

  <xsl:template match="e:citation" mode="row">
    <tr>
      <th scope="row"><bdi><xsl:value-of select="@written"/></bdi></th>
      <td>
        <xsl:choose>
          <xsl:when test="@reads-as">
            <xsl:call-template name="link">
              <xsl:with-param name="page" select="@page"/>
              <xsl:with-param name="text"><bdi><xsl:value-of select="@reads-as"/></bdi></xsl:with-param>
            </xsl:call-template>
          </xsl:when>
          <xsl:otherwise>
            <span class="quiet">
              <xsl:call-template name="label"><xsl:with-param name="id" select="'citation.unread'"/></xsl:call-template>
            </span>
          </xsl:otherwise>
        </xsl:choose>
      </td>
      <td><bdi><xsl:value-of select="@ruling"/></bdi></td>
    </tr>
  </xsl:template>

</xsl:stylesheet>
