<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     One control: its state and why, the checks that bear on it, what is missing.
  INPUT       <control>
  OUTPUT      c/….html
  PARAMETERS  language (parts/strings.xsl)
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1" exclude-result-prefixes="e">

  <xsl:import href="../parts/frame.xsl"/>
  <xsl:import href="../parts/findings.xsl"/>
  <xsl:import href="../parts/controls.xsl"/>

  <xsl:variable name="entry" select="'control'"/>

  <xsl:template match="/e:control"><xsl:apply-templates select="." mode="page"/></xsl:template>

  <xsl:template match="e:control" mode="headline">
    <p class="kicker"><bdi><xsl:value-of select="@framework-title"/></bdi></p>
    <h1><bdi class="id"><xsl:value-of select="@display"/></bdi><xsl:text> </xsl:text><bdi><xsl:value-of select="@title"/></bdi></h1>
    <p class="lead"><bdi><xsl:value-of select="@summary"/></bdi></p>
    <p class="answer">
      <xsl:apply-templates select="@state" mode="badge"/>
      <xsl:text> </xsl:text>
      <bdi><xsl:value-of select="@why"/></bdi>
    </p>
    <xsl:apply-templates select="$context" mode="dossier"/>
  </xsl:template>

  <xsl:template match="e:control" mode="body">
    <xsl:apply-templates select="$context" mode="mapping"/>
    <dl class="facts">
        <xsl:call-template name="fact">
          <xsl:with-param name="name" select="'title-origin'"/>
          <xsl:with-param name="value">
            <xsl:call-template name="word">
              <xsl:with-param name="kind" select="'title-origin'"/>
              <xsl:with-param name="value" select="@title-origin"/>
            </xsl:call-template>
          </xsl:with-param>
        </xsl:call-template>
        <xsl:call-template name="fact">
          <xsl:with-param name="name" select="'state-means'"/>
          <xsl:with-param name="value">
            <xsl:call-template name="label"><xsl:with-param name="id" select="concat('explain.state.', @state)"/></xsl:call-template>
          </xsl:with-param>
        </xsl:call-template>
        <xsl:call-template name="fact">
          <xsl:with-param name="name" select="'gap'"/>
          <xsl:with-param name="value"><bdi><xsl:value-of select="@gap"/></bdi></xsl:with-param>
        </xsl:call-template>
    </dl>
    <section id="checks">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'control-checks'"/></xsl:call-template>
      <xsl:choose>
        <xsl:when test="e:check-ref">
          <xsl:call-template name="table">
            <xsl:with-param name="id" select="'control-checks'"/>
            <xsl:with-param name="rows" select="e:check-ref"/>
          </xsl:call-template>
        </xsl:when>
        <xsl:otherwise>
          <xsl:call-template name="empty"><xsl:with-param name="id" select="'control-checks'"/></xsl:call-template>
        </xsl:otherwise>
      </xsl:choose>
    </section>
    <xsl:apply-templates select="." mode="overrides"/>
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
    <section id="findings">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'findings'"/></xsl:call-template>
      <xsl:apply-templates select="e:findings" mode="body"/>
    </section>
    <xsl:if test="e:earlier">
      <section id="history">
        <xsl:call-template name="section-head"><xsl:with-param name="words" select="'history'"/></xsl:call-template>
        <xsl:call-template name="table">
          <xsl:with-param name="id" select="'control-history'"/>
          <xsl:with-param name="rows" select="e:earlier"/>
        </xsl:call-template>
      </section>
    </xsl:if>
  </xsl:template>

  <xsl:template match="e:earlier" mode="row">
    <tr>
      <th scope="row"><bdi><xsl:value-of select="@period"/></bdi></th>
      <td><xsl:apply-templates select="@state" mode="badge"/></td>
    </tr>
  </xsl:template>

  <xsl:template match="e:check-ref" mode="row">
    <tr id="{@anchor}">
      <th scope="row">
        <a href="{$up}{@page}"><bdi class="id"><xsl:value-of select="@id"/></bdi></a>
        <div><bdi><xsl:value-of select="@title"/></bdi></div>
      </th>
      <td><xsl:apply-templates select="@result" mode="badge"/></td>
      <td class="n">
        <xsl:call-template name="amount">
          <xsl:with-param name="n" select="@exceptions"/>
          <xsl:with-param name="of" select="@population"/>
          <xsl:with-param name="page" select="concat(@page, '#findings')"/>
        </xsl:call-template>
      </td>
      <td class="n">
        <xsl:call-template name="number">
          <xsl:with-param name="n" select="@cannot-tell"/>
          <xsl:with-param name="page" select="concat(@page, '#findings')"/>
        </xsl:call-template>
      </td>
      <td><xsl:apply-templates select="." mode="relation"/></td>
      <td><xsl:apply-templates select="." mode="rationale"/></td>
      <td><bdi><xsl:value-of select="@cannot-show"/></bdi></td>
    </tr>
  </xsl:template>

</xsl:stylesheet>
