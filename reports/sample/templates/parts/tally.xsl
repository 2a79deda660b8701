<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     The tally: sums of decisions by version, owner and class.
  INPUT       <tally> with <tally-row>.
  MODES       body   the table     row   one sum; on an owner's page the rule stands in the first column, elsewhere the version
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1" exclude-result-prefixes="e">

  <xsl:template match="e:tally" mode="body">
    <xsl:call-template name="table">
      <xsl:with-param name="id" select="'tally'"/>
      <xsl:with-param name="rows" select="e:tally-row"/>
    </xsl:call-template>
    <p class="shown">
      <xsl:call-template name="say">
        <xsl:with-param name="id" select="'tally.total'"/>
        <xsl:with-param name="n" select="@n"/>
        <xsl:with-param name="a"><xsl:apply-templates select="@n" mode="value"/></xsl:with-param>
      </xsl:call-template>
    </p>
    <xsl:apply-templates select="." mode="shown"/>
  </xsl:template>

  <xsl:template match="e:owner/e:tally" mode="body">
    <xsl:call-template name="table">
      <xsl:with-param name="id" select="'tally-owner'"/>
      <xsl:with-param name="rows" select="e:tally-row"/>
    </xsl:call-template>
    <xsl:apply-templates select="." mode="shown"/>
  </xsl:template>

  <xsl:template match="e:tally[not(e:tally-row)]" mode="body" priority="2">
    <xsl:call-template name="empty"><xsl:with-param name="id" select="'tally'"/></xsl:call-template>
  </xsl:template>

  <xsl:template match="e:tally-row" mode="row">
    <tr>
      <xsl:if test="@anchor"><xsl:attribute name="id"><xsl:value-of select="@anchor"/></xsl:attribute></xsl:if>
      <xsl:if test="/e:owner">
        <td>
          <xsl:call-template name="link">
            <xsl:with-param name="page" select="@rule-page"/>
            <xsl:with-param name="text"><bdi class="id"><xsl:value-of select="@rule"/></bdi></xsl:with-param>
          </xsl:call-template>
        </td>
      </xsl:if>
      <td>
        <xsl:choose>
          <xsl:when test="@all-versions">
            <xsl:call-template name="label"><xsl:with-param name="id" select="'tally.all-versions'"/></xsl:call-template>
          </xsl:when>
          <xsl:otherwise>
            <xsl:call-template name="link">
              <xsl:with-param name="page" select="@version-page"/>
              <xsl:with-param name="text"><bdi class="id"><xsl:value-of select="@version"/></bdi></xsl:with-param>
            </xsl:call-template>
          </xsl:otherwise>
        </xsl:choose>
      </td>
      <xsl:if test="not(/e:owner)"><td><xsl:apply-templates select="." mode="owner"/></td></xsl:if>
      <td><xsl:apply-templates select="@class" mode="badge"/></td>
      <td class="n">
        <xsl:call-template name="number">
          <xsl:with-param name="n" select="@n"/>
          <xsl:with-param name="page" select="@page"/>
        </xsl:call-template>
      </td>
      <td class="n"><xsl:apply-templates select="@indeterminate" mode="value"/></td>
      <td class="n"><xsl:apply-templates select="@tokens-in" mode="value"/></td>
      <td class="n"><xsl:apply-templates select="@tokens-out" mode="value"/></td>
      <td class="n"><xsl:value-of select="@cost-text"/></td>
    </tr>
  </xsl:template>

</xsl:stylesheet>
