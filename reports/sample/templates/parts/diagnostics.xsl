<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     What was wrong with an input, where, and the next step.
  INPUT       <diagnostics> with <diagnostic>.
  MODES       body   the table, or a sentence     row   one diagnostic
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1" exclude-result-prefixes="e">

  <xsl:template match="e:diagnostics" mode="body">
    <xsl:call-template name="table">
      <xsl:with-param name="id" select="'diagnostics'"/>
      <xsl:with-param name="rows" select="e:diagnostic"/>
    </xsl:call-template>
    <xsl:apply-templates select="." mode="shown"/>
  </xsl:template>

  <xsl:template match="e:diagnostics[not(e:diagnostic)]" mode="body">
    <xsl:call-template name="empty"><xsl:with-param name="id" select="'diagnostics'"/></xsl:call-template>
  </xsl:template>

  <xsl:template match="e:diagnostic" mode="row">
    <tr id="{@anchor}">
      <th scope="row"><xsl:apply-templates select="@severity" mode="badge"/></th>
      <td>
        <bdi><xsl:value-of select="@summary"/></bdi>
        <div><bdi class="id quiet"><xsl:value-of select="@id"/></bdi></div>
      </td>
      <td>
        <bdi class="id"><xsl:value-of select="@file"/></bdi>
        <xsl:if test="@line">
          <div>
            <xsl:call-template name="say">
              <xsl:with-param name="id" select="'position.line'"/>
              <xsl:with-param name="a"><xsl:apply-templates select="@line" mode="value"/></xsl:with-param>
            </xsl:call-template>
          </div>
        </xsl:if>
        <xsl:if test="@byte-offset">
          <div>
            <xsl:call-template name="say">
              <xsl:with-param name="id" select="'position.byte'"/>
              <xsl:with-param name="a"><xsl:apply-templates select="@byte-offset" mode="value"/></xsl:with-param>
            </xsl:call-template>
          </div>
        </xsl:if>
      </td>
      <td><bdi><xsl:value-of select="@next-step"/></bdi></td>
    </tr>
  </xsl:template>

</xsl:stylesheet>
