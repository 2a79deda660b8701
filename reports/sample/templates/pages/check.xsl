<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     One check: question, method, population, result, what it cannot show.
  INPUT       <check>
  OUTPUT      k/….html
  PARAMETERS  language (parts/strings.xsl)
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1" exclude-result-prefixes="e">

  <xsl:import href="../parts/frame.xsl"/>
  <xsl:import href="../parts/concentration.xsl"/>
  <xsl:import href="../parts/findings.xsl"/>
  <xsl:import href="../parts/controls.xsl"/>

  <xsl:variable name="entry" select="'check'"/>

  <xsl:template match="/e:check"><xsl:apply-templates select="." mode="page"/></xsl:template>

  <xsl:template match="e:check" mode="headline">
    <p class="kicker">
      <xsl:call-template name="say">
        <xsl:with-param name="id" select="'kicker.check'"/>
        <xsl:with-param name="a"><bdi class="id"><xsl:value-of select="@id"/></bdi></xsl:with-param>
      </xsl:call-template>
    </p>
    <h1><bdi><xsl:value-of select="@title"/></bdi></h1>
    <p class="lead"><bdi><xsl:value-of select="@question"/></bdi></p>
    <p class="answer">
      <xsl:apply-templates select="@result" mode="badge"/>
      <xsl:text> </xsl:text>
      <bdi><xsl:value-of select="@why"/></bdi>
    </p>
  </xsl:template>

  <xsl:template match="e:check" mode="body">
    <section id="population">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'population'"/></xsl:call-template>
      <ul class="tiles">
        <xsl:apply-templates select="@passed | @exceptions | @accepted | @cannot-tell" mode="tile"/>
      </ul>
      <dl class="facts">
      <xsl:call-template name="fact">
        <xsl:with-param name="name" select="'population'"/>
        <xsl:with-param name="value">
          <xsl:apply-templates select="@population" mode="value"/>
          <xsl:text> </xsl:text>
          <bdi><xsl:value-of select="@population-text"/></bdi>
        </xsl:with-param>
      </xsl:call-template>
      <xsl:call-template name="fact">
        <xsl:with-param name="name" select="'method'"/>
        <xsl:with-param name="value"><bdi><xsl:value-of select="@method"/></bdi></xsl:with-param>
      </xsl:call-template>
      <xsl:call-template name="fact">
        <xsl:with-param name="name" select="'cannot-show'"/>
        <xsl:with-param name="value"><bdi><xsl:value-of select="@cannot-show"/></bdi></xsl:with-param>
      </xsl:call-template>
      </dl>
    </section>
    <xsl:if test="e:concentration">
      <section id="concentration">
        <xsl:call-template name="section-head"><xsl:with-param name="words" select="'concentration'"/></xsl:call-template>
        <xsl:apply-templates select="e:concentration" mode="body"/>
      </section>
    </xsl:if>
    <section id="findings">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'findings'"/></xsl:call-template>
      <xsl:apply-templates select="e:findings" mode="body"/>
    </section>
    <section id="missing">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'missing'"/></xsl:call-template>
      <xsl:choose>
        <xsl:when test="e:missing">
          <ul class="missing"><xsl:apply-templates select="e:missing" mode="row"/></ul>
        </xsl:when>
        <xsl:otherwise>
          <xsl:call-template name="empty"><xsl:with-param name="id" select="'missing'"/></xsl:call-template>
        </xsl:otherwise>
      </xsl:choose>
    </section>
    <section id="settings">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'settings'"/></xsl:call-template>
      <xsl:choose>
        <xsl:when test="e:setting">
          <xsl:call-template name="table">
            <xsl:with-param name="id" select="'settings'"/>
            <xsl:with-param name="rows" select="e:setting"/>
          </xsl:call-template>
        </xsl:when>
        <xsl:otherwise>
          <xsl:call-template name="empty"><xsl:with-param name="id" select="'settings'"/></xsl:call-template>
        </xsl:otherwise>
      </xsl:choose>
    </section>
    <section id="controls">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'controls'"/></xsl:call-template>
      <xsl:apply-templates select="e:controls" mode="body"/>
    </section>
    <xsl:apply-templates select="." mode="overrides"/>
  </xsl:template>

  <xsl:template match="@*" mode="tile">
    <li class="tile tile-{local-name()}">
      <span class="figure">
        <xsl:call-template name="number">
          <xsl:with-param name="n" select="."/>
          <xsl:with-param name="page">
            <xsl:if test="local-name() != 'passed'"><xsl:value-of select="concat($here, '#findings')"/></xsl:if>
          </xsl:with-param>
        </xsl:call-template>
      </span>
      <xsl:text> </xsl:text>
      <span class="of">
        <xsl:call-template name="say">
          <xsl:with-param name="id" select="'of'"/>
          <xsl:with-param name="a" select="format-number(../@population, '#,##0')"/>
        </xsl:call-template>
      </span>
      <xsl:text> </xsl:text>
      <xsl:call-template name="badge">
        <xsl:with-param name="kind" select="'member'"/>
        <xsl:with-param name="value" select="local-name()"/>
      </xsl:call-template>
    </li>
  </xsl:template>

  <xsl:template match="e:setting" mode="row">
    <tr>
      <th scope="row"><bdi class="id"><xsl:value-of select="@name"/></bdi></th>
      <td><bdi class="id"><xsl:value-of select="@value"/></bdi></td>
      <td><bdi><xsl:value-of select="@origin"/></bdi></td>
    </tr>
  </xsl:template>

</xsl:stylesheet>
