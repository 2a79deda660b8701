<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     How the mix of models under a rule moved: the distance of each week from its baseline, drawn and as a table.
  INPUT       <drift> with <week> (places and heights in thousandths).
  MODES       body   the section     row   a week as a table row     draw   its bar     band   the line of what is tolerated
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1" exclude-result-prefixes="e">

  <xsl:template match="e:drift" mode="body">
    <xsl:if test="e:week[@height]">
      <figure class="drawing">
        <div class="scroll" role="region" tabindex="0">
          <xsl:attribute name="aria-label">
            <xsl:call-template name="say"><xsl:with-param name="id" select="'drift.region'"/></xsl:call-template>
          </xsl:attribute>
          <svg class="days" viewBox="0 0 1020 190" width="1020" height="190" role="img">
            <xsl:attribute name="aria-label">
              <xsl:call-template name="say">
                <xsl:with-param name="id" select="'drift.label'"/>
                <xsl:with-param name="a" select="format-number(@compared, '#,##0')"/>
                <xsl:with-param name="b" select="format-number(@outside, '#,##0')"/>
              </xsl:call-template>
            </xsl:attribute>
            <g transform="translate(10 10)">
              <line class="tick" x1="0" y1="12" x2="1000" y2="12"/>
              <text class="tick-label" x="0" y="7">
                <xsl:call-template name="say"><xsl:with-param name="id" select="'drift.most'"/></xsl:call-template>
              </text>
              <xsl:apply-templates select="e:week[@height]" mode="draw"/>
              <xsl:apply-templates select="e:week[@band-height]" mode="band"/>
              <line class="axis" x1="0" y1="152" x2="1000" y2="152"/>
              <text class="tick-label" x="0" y="173"><xsl:value-of select="e:week[1]/@date"/></text>
              <text class="tick-label" x="1000" y="173" text-anchor="end"><xsl:value-of select="e:week[last()]/@date"/></text>
            </g>
          </svg>
        </div>
        <figcaption>
          <ul class="legend">
            <li>
              <svg viewBox="0 0 18 18" width="18" height="18" aria-hidden="true"><rect class="day" x="4" y="1" width="10" height="16"/></svg>
              <xsl:text> </xsl:text>
              <xsl:call-template name="say"><xsl:with-param name="id" select="'legend.week'"/></xsl:call-template>
            </li>
            <li>
              <svg viewBox="0 0 18 18" width="18" height="18" aria-hidden="true"><rect class="day-exception" x="4" y="1" width="10" height="16"/></svg>
              <xsl:text> </xsl:text>
              <xsl:call-template name="say"><xsl:with-param name="id" select="'legend.week-outside'"/></xsl:call-template>
            </li>
            <li>
              <svg viewBox="0 0 18 18" width="18" height="18" aria-hidden="true"><line class="bound" x1="1" y1="9" x2="17" y2="9"/></svg>
              <xsl:text> </xsl:text>
              <xsl:call-template name="say"><xsl:with-param name="id" select="'legend.band'"/></xsl:call-template>
            </li>
          </ul>
          <xsl:apply-templates select="." mode="shown"/>
        </figcaption>
      </figure>
    </xsl:if>
    <xsl:call-template name="table">
      <xsl:with-param name="id" select="'drift'"/>
      <xsl:with-param name="rows"><xsl:apply-templates select="e:week" mode="row"/></xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="e:week" mode="draw">
    <g>
      <title>
        <xsl:call-template name="say">
          <xsl:with-param name="id" select="'drift.one'"/>
          <xsl:with-param name="a" select="string(@date)"/>
          <xsl:with-param name="b" select="string(@distance)"/>
        </xsl:call-template>
      </title>
      <rect x="{@x}" y="{152 - 0.14 * @height}" width="{@width}" height="{0.14 * @height}">
        <xsl:attribute name="class">
          <xsl:choose><xsl:when test="@state = 'outside'">day-exception</xsl:when><xsl:otherwise>day</xsl:otherwise></xsl:choose>
        </xsl:attribute>
      </rect>
    </g>
  </xsl:template>

  <xsl:template match="e:week" mode="band">
    <!-- It reaches beyond its bar on both sides, so that it is seen on a full bar too. -->
    <line class="bound" x1="{@x - 4}" y1="{152 - 0.14 * @band-height}" x2="{@x + @width + 4}" y2="{152 - 0.14 * @band-height}"/>
  </xsl:template>

  <xsl:template match="e:week" mode="row">
    <tr>
      <th scope="row"><xsl:value-of select="@date"/></th>
      <td>
        <xsl:call-template name="link">
          <xsl:with-param name="page" select="@version-page"/>
          <xsl:with-param name="text"><bdi class="id"><xsl:value-of select="@version"/></bdi></xsl:with-param>
        </xsl:call-template>
      </td>
      <td class="n"><xsl:apply-templates select="@n" mode="value"/></td>
      <td class="n"><xsl:value-of select="@distance"/></td>
      <td class="n"><xsl:value-of select="@band"/></td>
      <td><bdi><xsl:value-of select="@set-by"/></bdi></td>
      <td>
        <xsl:call-template name="word">
          <xsl:with-param name="kind" select="'drift'"/>
          <xsl:with-param name="value" select="@state"/>
        </xsl:call-template>
        <xsl:if test="@review"><xsl:text>: </xsl:text><bdi><xsl:value-of select="@review"/></bdi></xsl:if>
      </td>
    </tr>
  </xsl:template>

</xsl:stylesheet>
