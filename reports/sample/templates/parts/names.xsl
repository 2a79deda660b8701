<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     Names, and pages by the names that they hold.
  INPUT       <index-entry>, <named>.
  MODES       row   one page of a list, or one name
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1" exclude-result-prefixes="e">

  <xsl:template match="e:index-entry" mode="row">
    <tr>
      <xsl:if test="@anchor"><xsl:attribute name="id"><xsl:value-of select="@anchor"/></xsl:attribute></xsl:if>
      <th scope="row"><a href="{$up}{@page}"><bdi><xsl:value-of select="@title"/></bdi></a></th>
      <td class="n"><a href="{$up}{@page}"><xsl:value-of select="format-number(@n, '#,##0')"/></a></td>
    </tr>
  </xsl:template>

  <!-- A name leads to its page; one without a page leads to the first few that name it. -->
  <xsl:template match="e:named" mode="row">
    <tr id="{@anchor}">
      <th scope="row">
        <xsl:choose>
          <xsl:when test="@page"><a href="{$up}{@page}"><bdi><xsl:value-of select="@name"/></bdi></a></xsl:when>
          <xsl:otherwise><bdi><xsl:value-of select="@name"/></bdi></xsl:otherwise>
        </xsl:choose>
      </th>
      <td>
        <xsl:call-template name="word">
          <xsl:with-param name="kind" select="'thing'"/>
          <xsl:with-param name="value" select="@kind"/>
        </xsl:call-template>
      </td>
      <td>
        <xsl:if test="@note"><bdi><xsl:value-of select="@note"/></bdi></xsl:if>
        <xsl:if test="e:reference">
          <ul class="inline"><xsl:apply-templates select="e:reference" mode="row"/></ul>
          <xsl:if test="@of &gt; count(e:reference)">
            <div class="label">
              <xsl:call-template name="say">
                <xsl:with-param name="id" select="'names.more'"/>
                <xsl:with-param name="a" select="format-number(count(e:reference), '#,##0')"/>
                <xsl:with-param name="b" select="format-number(@of, '#,##0')"/>
              </xsl:call-template>
            </div>
          </xsl:if>
        </xsl:if>
      </td>
    </tr>
  </xsl:template>

  <xsl:template match="e:reference" mode="row">
    <li><a href="{$up}{@page}"><bdi><xsl:value-of select="@title"/></bdi></a></li>
  </xsl:template>

</xsl:stylesheet>
