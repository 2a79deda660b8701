<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     Decisions to be tested by hand: what the records say of each, and room for what the tester finds.
  INPUT       <item>
  MODES       row   one item with its circumstances and its line     paper   one line of the work paper     rule   its rule and version
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1" exclude-result-prefixes="e">

  <xsl:import href="forms.xsl"/>

  <!-- Words of every row, looked up once. -->
  <xsl:variable name="line"><xsl:call-template name="label"><xsl:with-param name="id" select="'item.line'"/></xsl:call-template></xsl:variable>
  <xsl:variable name="byte"><xsl:call-template name="label"><xsl:with-param name="id" select="'item.byte'"/></xsl:call-template></xsl:variable>
  <xsl:variable name="bytes"><xsl:call-template name="label"><xsl:with-param name="id" select="'item.bytes'"/></xsl:call-template></xsl:variable>

  <xsl:template match="e:item" mode="row">
    <tr id="{@anchor}">
      <th scope="row">
        <div>
          <span class="item-n"><xsl:value-of select="format-number(@n, '#,##0')"/></span>
          <xsl:apply-templates select="@side" mode="badge"/>
        </div>
        <div><a class="permalink" href="#{@anchor}"><bdi><xsl:value-of select="@request-id"/></bdi></a></div>
        <div><xsl:apply-templates select="@at" mode="value"/></div>
      </th>
      <td><xsl:apply-templates select="." mode="rule"/></td>
      <td><xsl:apply-templates select="." mode="owner"/></td>
      <td><xsl:apply-templates select="@class" mode="badge"/></td>
      <td>
        <div><xsl:apply-templates select="@requested-model" mode="value"/></div>
        <div><xsl:apply-templates select="@served-model" mode="value"/></div>
        <div><bdi class="id"><xsl:value-of select="@outcome"/></bdi></div>
      </td>
      <td>
        <div><xsl:apply-templates select="@deployment" mode="value"/></div>
        <div><xsl:apply-templates select="@jurisdiction" mode="value"/></div>
      </td>
      <td>
        <div><a href="{$up}{@source-page}"><bdi class="id"><xsl:value-of select="@source"/></bdi></a></div>
        <div>
          <xsl:value-of select="concat($line, ' ', format-number(@line, '#,##0'), ', ', $byte, ' ', format-number(@byte-offset, '#,##0'), ', ', format-number(@bytes, '#,##0'), ' ', $bytes)"/>
        </div>
        <div><xsl:apply-templates select="@line-sha256" mode="value"/></div>
      </td>
      <!-- Chosen by its digest, or by standing beside a change. -->
      <xsl:if test="not(@side)"><td><code class="digest"><xsl:value-of select="substring(@draw-sha256, 1, 16)"/>…</code></td></xsl:if>
    </tr>
  </xsl:template>

  <!-- The paper stands by itself: what is to be tested is repeated beside the room for it, plainly, since it is to be printed. -->
  <xsl:template match="e:item" mode="paper">
    <tr>
      <td class="n"><xsl:value-of select="format-number(@n, '#,##0')"/></td>
      <th scope="row">
        <a href="#{@anchor}"><bdi class="id"><xsl:value-of select="@request-id"/></bdi></a>
        <xsl:if test="@side"><div><xsl:apply-templates select="@side" mode="badge"/></div></xsl:if>
      </th>
      <td>
        <bdi class="id"><xsl:value-of select="@rule"/></bdi>
        <xsl:if test="@version != '-'"><xsl:text>, </xsl:text><bdi class="id"><xsl:value-of select="@version"/></bdi></xsl:if>
      </td>
      <td><bdi><xsl:value-of select="@owner"/></bdi></td>
      <td><bdi class="id"><xsl:value-of select="@served-model"/><xsl:if test="@served-model = ''">–</xsl:if></bdi></td>
      <td><bdi class="id"><xsl:value-of select="@jurisdiction"/></bdi></td>
      <td class="blank mark"/>
      <td class="blank mark"/>
      <td class="blank mark"/>
      <td class="blank mark"/>
      <td class="blank"/>
      <td class="blank"/>
      <td class="blank"/>
    </tr>
  </xsl:template>

  <xsl:template match="e:item" mode="rule">
    <xsl:choose>
      <xsl:when test="@rule = '-'">
        <div class="quiet"><xsl:call-template name="label"><xsl:with-param name="id" select="'value.none'"/></xsl:call-template></div>
      </xsl:when>
      <xsl:otherwise>
        <div><a href="{$up}{@rule-page}"><bdi class="id"><xsl:value-of select="@rule"/></bdi></a></div>
      </xsl:otherwise>
    </xsl:choose>
    <xsl:if test="@version != '-'">
      <div><a href="{$up}{@version-page}"><bdi class="id"><xsl:value-of select="@version"/></bdi></a></div>
    </xsl:if>
  </xsl:template>

</xsl:stylesheet>
