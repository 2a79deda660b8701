<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     What the page of a rule and its dossier say alike.
  INPUT       <rule> with <dormant> and <permitted>.
  MODES       now       who owns the rule, and since when     row   one stretch without a decision; fallbacks under one version
              version   the version of those fallbacks
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1" exclude-result-prefixes="e">

  <xsl:template match="e:dormant" mode="row">
    <li><xsl:apply-templates select="." mode="span"/></li>
  </xsl:template>

  <xsl:template match="e:permitted" mode="row">
    <tr>
      <th scope="row"><xsl:apply-templates select="." mode="version"/></th>
      <td class="n"><xsl:apply-templates select="@n" mode="value"/></td>
      <td class="n"><xsl:apply-templates select="@ambiguous" mode="value"/></td>
    </tr>
  </xsl:template>

  <xsl:template match="e:permitted" mode="version">
    <xsl:call-template name="link">
      <xsl:with-param name="page" select="@version-page"/>
      <xsl:with-param name="text"><bdi class="id"><xsl:value-of select="@version"/></bdi></xsl:with-param>
    </xsl:call-template>
  </xsl:template>
  <xsl:template match="e:permitted[@rest]" mode="version">
    <xsl:call-template name="say">
      <xsl:with-param name="id" select="'permitted.rest'"/>
      <xsl:with-param name="a" select="format-number(@rest, '#,##0')"/>
    </xsl:call-template>
  </xsl:template>

  <!-- The owner at the end of the period, and since when. -->
  <xsl:template match="e:rule" mode="now">
    <xsl:variable name="tenure" select="e:tenures/e:tenure[@anchor = current()/@owner-tenure]"/>
    <xsl:choose>
      <xsl:when test="@owner = '-' or @owner = ''">
        <p class="now"><xsl:apply-templates select="." mode="owner"/></p>
      </xsl:when>
      <xsl:when test="$tenure">
        <p class="now"><xsl:apply-templates select="$tenure" mode="owner"/></p>
        <p>
          <xsl:if test="$tenure/@team"><bdi><xsl:value-of select="$tenure/@team"/></bdi><xsl:text>. </xsl:text></xsl:if>
          <xsl:call-template name="say">
            <xsl:with-param name="id" select="'rule.owned'"/>
            <xsl:with-param name="a"><xsl:apply-templates select="$tenure" mode="span"/></xsl:with-param>
          </xsl:call-template>
          <xsl:if test="$tenure/@left">
            <xsl:text> </xsl:text>
            <xsl:call-template name="say">
              <xsl:with-param name="id" select="'owner.left'"/>
              <xsl:with-param name="a"><xsl:apply-templates select="$tenure/@left" mode="value"/></xsl:with-param>
            </xsl:call-template>
          </xsl:if>
        </p>
      </xsl:when>
      <xsl:otherwise><p class="now"><xsl:apply-templates select="." mode="owner"/></p></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

</xsl:stylesheet>
