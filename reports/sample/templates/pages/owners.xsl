<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     All owners: what each held and what happened under it.
  INPUT       <owners>
  OUTPUT      o/index.html …
  PARAMETERS  language (parts/strings.xsl)
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1" exclude-result-prefixes="e">

  <xsl:import href="../parts/frame.xsl"/>

  <xsl:variable name="entry" select="'owners'"/>

  <xsl:template match="/e:owners"><xsl:apply-templates select="." mode="page"/></xsl:template>

  <xsl:template match="e:owners" mode="body">
    <xsl:apply-templates select="e:orders" mode="body"/>
    <xsl:apply-templates select="e:pages" mode="body"/>
    <xsl:choose>
      <xsl:when test="e:owner-line">
        <xsl:call-template name="table">
          <xsl:with-param name="id" select="'owners'"/>
          <xsl:with-param name="rows" select="e:owner-line"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:otherwise><xsl:call-template name="empty"><xsl:with-param name="id" select="'owners'"/></xsl:call-template></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="e:owner-line" mode="row">
    <tr id="{@anchor}">
      <th scope="row"><a href="{$up}{@page}"><bdi><xsl:value-of select="@owner"/></bdi></a></th>
      <td>
        <xsl:choose>
          <xsl:when test="@team"><bdi><xsl:value-of select="@team"/></bdi></xsl:when>
          <xsl:otherwise>
            <span class="quiet">
              <xsl:call-template name="label"><xsl:with-param name="id" select="'value.unrecorded'"/></xsl:call-template>
            </span>
          </xsl:otherwise>
        </xsl:choose>
      </td>
      <td>
        <xsl:choose>
          <xsl:when test="@left"><xsl:apply-templates select="@left" mode="value"/></xsl:when>
          <xsl:otherwise>
            <span class="quiet">
              <xsl:call-template name="label"><xsl:with-param name="id" select="'owner.not-left'"/></xsl:call-template>
            </span>
          </xsl:otherwise>
        </xsl:choose>
      </td>
      <td class="n">
        <xsl:call-template name="number">
          <xsl:with-param name="n" select="@tenures"/>
          <xsl:with-param name="page" select="concat(@page, '#tenures')"/>
        </xsl:call-template>
      </td>
      <td class="n">
        <xsl:call-template name="number">
          <xsl:with-param name="n" select="@rules"/>
          <xsl:with-param name="page" select="concat(@page, '#tenures')"/>
        </xsl:call-template>
      </td>
      <td class="n">
        <xsl:call-template name="amount">
          <xsl:with-param name="n" select="@exceptions"/>
          <xsl:with-param name="of" select="@decisions"/>
          <xsl:with-param name="page" select="concat(@page, '#classes')"/>
        </xsl:call-template>
      </td>
    </tr>
  </xsl:template>

</xsl:stylesheet>
