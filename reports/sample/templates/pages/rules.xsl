<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     All rules: what each says, who owns it, what came of it.
  INPUT       <rules>
  OUTPUT      r/index.html, r/index-0002.html …, r/by-exceptions.html, r/by-change.html, r/by-owner.html …
  PARAMETERS  language (parts/strings.xsl)
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1" exclude-result-prefixes="e">

  <xsl:import href="../parts/frame.xsl"/>
  <xsl:import href="../parts/concentration.xsl"/>

  <xsl:variable name="entry" select="'rules'"/>

  <xsl:template match="/e:rules"><xsl:apply-templates select="." mode="page"/></xsl:template>

  <xsl:template match="e:rules" mode="body">
    <xsl:apply-templates select="e:orders" mode="body"/>
    <xsl:apply-templates select="e:pages" mode="body"/>
    <xsl:choose>
      <xsl:when test="e:rule-line">
        <xsl:call-template name="table">
          <xsl:with-param name="id" select="'rules'"/>
          <xsl:with-param name="rows" select="e:rule-line"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:otherwise><xsl:call-template name="empty"><xsl:with-param name="id" select="'rules'"/></xsl:call-template></xsl:otherwise>
    </xsl:choose>
    <xsl:if test="e:concentration">
      <section id="concentration">
        <xsl:call-template name="section-head"><xsl:with-param name="words" select="'concentration'"/></xsl:call-template>
        <xsl:apply-templates select="e:concentration" mode="body"/>
      </section>
    </xsl:if>
    <xsl:if test="e:dependence">
      <section id="dependence">
        <xsl:call-template name="section-head"><xsl:with-param name="words" select="'dependence'"/></xsl:call-template>
        <xsl:call-template name="table">
          <xsl:with-param name="id" select="'dependence'"/>
          <xsl:with-param name="rows" select="e:dependence/e:route"/>
        </xsl:call-template>
        <xsl:apply-templates select="e:dependence" mode="shown"/>
      </section>
    </xsl:if>
  </xsl:template>

  <xsl:template match="e:route" mode="row">
    <tr>
      <th scope="row">
        <xsl:call-template name="word">
          <xsl:with-param name="kind" select="'route'"/>
          <xsl:with-param name="value" select="@kind"/>
        </xsl:call-template>
        <xsl:text> </xsl:text>
        <xsl:call-template name="link">
          <xsl:with-param name="page" select="@page"/>
          <xsl:with-param name="text"><bdi class="id"><xsl:value-of select="@name"/></bdi></xsl:with-param>
        </xsl:call-template>
      </th>
      <td class="n">
        <xsl:call-template name="amount">
          <xsl:with-param name="n" select="@n"/>
          <xsl:with-param name="of" select="@of"/>
        </xsl:call-template>
      </td>
      <td class="n">
        <xsl:call-template name="amount">
          <xsl:with-param name="n" select="@data-classes"/>
          <xsl:with-param name="of" select="@all-data-classes"/>
        </xsl:call-template>
      </td>
      <td class="n">
        <xsl:call-template name="amount">
          <xsl:with-param name="n" select="@agents"/>
          <xsl:with-param name="of" select="@all-agents"/>
        </xsl:call-template>
      </td>
      <td class="n">
        <xsl:call-template name="amount">
          <xsl:with-param name="n" select="@tools"/>
          <xsl:with-param name="of" select="@all-tools"/>
        </xsl:call-template>
      </td>
    </tr>
  </xsl:template>

  <xsl:template match="e:rule-line" mode="row">
    <tr id="{@anchor}">
      <th scope="row"><a href="{$up}{@page}"><bdi class="id"><xsl:value-of select="@rule"/></bdi></a></th>
      <td>
        <xsl:apply-templates select="@action" mode="badge"/>
        <xsl:if test="@in-force = 'false' or @in-force = '0'">
          <div>
            <xsl:call-template name="badge">
              <xsl:with-param name="kind" select="'in-force'"/>
              <xsl:with-param name="value" select="'false'"/>
            </xsl:call-template>
          </div>
        </xsl:if>
      </td>
      <td><bdi><xsl:value-of select="@words"/></bdi></td>
      <td><xsl:apply-templates select="." mode="owner"/></td>
      <td class="n">
        <xsl:call-template name="number">
          <xsl:with-param name="n" select="@versions"/>
          <xsl:with-param name="page" select="concat(@page, '#definitions')"/>
        </xsl:call-template>
      </td>
      <td class="n">
        <xsl:call-template name="number">
          <xsl:with-param name="n" select="@changes"/>
          <xsl:with-param name="page" select="concat(@page, '#changes')"/>
        </xsl:call-template>
        <xsl:if test="@changed"><div class="label"><xsl:apply-templates select="@changed" mode="value"/></div></xsl:if>
      </td>
      <td class="n">
        <xsl:call-template name="amount">
          <xsl:with-param name="n" select="@exceptions"/>
          <xsl:with-param name="of" select="@decisions"/>
          <xsl:with-param name="page" select="concat(@page, '#examples')"/>
        </xsl:call-template>
      </td>
      <td class="n">
        <xsl:call-template name="number">
          <xsl:with-param name="n" select="@findings"/>
          <xsl:with-param name="page" select="concat(@page, '#findings')"/>
        </xsl:call-template>
      </td>
    </tr>
  </xsl:template>

</xsl:stylesheet>
