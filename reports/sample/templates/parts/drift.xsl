<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     How the mix of models under a rule moved: the distance of each week from its baseline, drawn and as a table.
  INPUT       <drift> with <week> (places and heights in thousandths).
  MODES       body   the section     row   a week as a table row     draw   its bar     band   the line of what is tolerated
              sign   what came of the week, below its bar, where there is room for a sign
  NOTES       40 to the left for the scale. Height: 152 for the bars, 20 for the signs, 20 for the dates.
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1" exclude-result-prefixes="e">

  <xsl:template match="e:drift" mode="body">
    <xsl:if test="e:week[@height]">
      <figure class="drawing">
        <div class="scroll" role="region" tabindex="0">
          <xsl:attribute name="aria-label">
            <xsl:call-template name="label"><xsl:with-param name="id" select="'drift.region'"/></xsl:call-template>
          </xsl:attribute>
          <svg class="days" viewBox="0 0 1060 216" width="1060" height="216" role="img">
            <xsl:attribute name="aria-label">
              <xsl:call-template name="say">
                <xsl:with-param name="id" select="'drift.label'"/>
                <xsl:with-param name="a" select="format-number(@compared, '#,##0')"/>
                <xsl:with-param name="b" select="format-number(@outside, '#,##0')"/>
              </xsl:call-template>
            </xsl:attribute>
            <defs>
              <pattern id="hatch-outside" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                <rect class="ink-exception" width="2" height="6"/>
              </pattern>
            </defs>
            <g transform="translate(45 12)">
              <line class="tick" x1="-6" y1="12" x2="1000" y2="12"/>
              <line class="tick" x1="-6" y1="82" x2="1000" y2="82"/>
              <text class="tick-label" x="-10" y="16" text-anchor="end">1</text>
              <text class="tick-label" x="-10" y="86" text-anchor="end">0.5</text>
              <text class="tick-label" x="-10" y="156" text-anchor="end">0</text>
              <text class="tick-label" x="0" y="3">
                <xsl:call-template name="label"><xsl:with-param name="id" select="'drift.most'"/></xsl:call-template>
              </text>
              <xsl:apply-templates select="e:quiet-week" mode="draw"/>
              <xsl:apply-templates select="e:week[@height]" mode="draw"/>
              <xsl:apply-templates select="e:week[@band-height]" mode="band"/>
              <xsl:apply-templates select="e:week[@band-named and @band-height]" mode="band-name"/>
              <line class="axis" x1="-6" y1="152" x2="1000" y2="152"/>
              <xsl:apply-templates select="e:week[@width &gt;= 14]" mode="sign"/>
              <text class="tick-label" x="0" y="193"><xsl:value-of select="e:week[1]/@date"/></text>
              <xsl:if test="e:week[@x &gt; 200]">
                <text class="tick-label" x="1000" y="193" text-anchor="end"><xsl:value-of select="e:week[last()]/@date"/></text>
              </xsl:if>
            </g>
          </svg>
        </div>
        <figcaption>
          <ul class="legend">
            <li>
              <svg viewBox="0 0 18 18" width="18" height="18" aria-hidden="true"><rect class="day" x="4" y="1" width="10" height="16"/></svg>
              <xsl:text> </xsl:text>
              <xsl:call-template name="label"><xsl:with-param name="id" select="'legend.week'"/></xsl:call-template>
            </li>
            <xsl:if test="e:week[@state = 'outside']"><li>
              <svg viewBox="0 0 18 18" width="18" height="18" aria-hidden="true">
                <rect class="day-exception" x="4" y="1" width="10" height="16"/><rect x="4" y="1" width="10" height="16" fill="url(#hatch-outside)"/>
              </svg>
              <xsl:text> </xsl:text>
              <xsl:call-template name="label"><xsl:with-param name="id" select="'legend.week-outside'"/></xsl:call-template>
            </li></xsl:if>
            <xsl:if test="e:week[@band-height]">
              <li>
                <svg viewBox="0 0 18 18" width="18" height="18" aria-hidden="true"><line class="bound" x1="1" y1="9" x2="17" y2="9"/></svg>
                <xsl:text> </xsl:text>
                <xsl:call-template name="label"><xsl:with-param name="id" select="'legend.band'"/></xsl:call-template>
              </li>
            </xsl:if>
            <xsl:if test="e:quiet-week">
              <li>
                <svg viewBox="0 0 18 18" width="18" height="18" aria-hidden="true"><rect class="day-apart" x="2" y="1" width="14" height="16"/></svg>
                <xsl:text> </xsl:text>
                <xsl:call-template name="label"><xsl:with-param name="id" select="'legend.week-quiet'"/></xsl:call-template>
              </li>
            </xsl:if>
            <xsl:call-template name="drift-sign"><xsl:with-param name="state" select="'baseline'"/></xsl:call-template>
            <xsl:call-template name="drift-sign"><xsl:with-param name="state" select="'within'"/></xsl:call-template>
            <xsl:call-template name="drift-sign"><xsl:with-param name="state" select="'outside'"/></xsl:call-template>
            <xsl:call-template name="drift-sign"><xsl:with-param name="state" select="'explained'"/></xsl:call-template>
            <xsl:call-template name="drift-sign"><xsl:with-param name="state" select="'too-few'"/></xsl:call-template>
            <xsl:call-template name="drift-sign"><xsl:with-param name="state" select="'no-band'"/></xsl:call-template>
          </ul>
          <xsl:apply-templates select="." mode="shown"/>
        </figcaption>
      </figure>
    </xsl:if>
    <xsl:call-template name="table">
      <xsl:with-param name="id" select="'drift'"/>
      <xsl:with-param name="rows" select="e:week | e:quiet-week"/>
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
      <rect x="{@x + 0.1 * @width}" y="{152 - 0.14 * @height}" width="{0.8 * @width}" height="{0.14 * @height}">
        <xsl:attribute name="class">
          <xsl:choose><xsl:when test="@state = 'outside'">day-exception</xsl:when><xsl:otherwise>day</xsl:otherwise></xsl:choose>
        </xsl:attribute>
      </rect>
      <xsl:if test="@state = 'outside'">
        <rect x="{@x + 0.1 * @width}" y="{152 - 0.14 * @height}" width="{0.8 * @width}" height="{0.14 * @height}" fill="url(#hatch-outside)"/>
      </xsl:if>
    </g>
  </xsl:template>

  <xsl:template match="e:week" mode="band">
    <!-- It reaches beyond its bar on both sides, so that it is seen on a full bar too. -->
    <line class="bound" x1="{@x - 4}" y1="{152 - 0.14 * @band-height}" x2="{@x + @width + 4}" y2="{152 - 0.14 * @band-height}"/>
  </xsl:template>

  <xsl:template match="e:week" mode="band-name">
    <text class="band-name" x="{@x + 2}" y="{147 - 0.14 * @band-height}">
      <xsl:if test="@x &gt; 880">
        <xsl:attribute name="x">998</xsl:attribute>
        <xsl:attribute name="text-anchor">end</xsl:attribute>
      </xsl:if>
      <xsl:call-template name="say">
        <xsl:with-param name="id" select="'drift.band'"/>
        <xsl:with-param name="a" select="string(@band)"/>
      </xsl:call-template>
    </text>
  </xsl:template>

  <xsl:template match="e:week" mode="sign">
    <text class="sign-{@state}" x="{@x + @width div 2}" y="169" text-anchor="middle">
      <xsl:call-template name="label"><xsl:with-param name="id" select="concat('symbol.drift.', @state)"/></xsl:call-template>
    </text>
  </xsl:template>

  <xsl:template match="e:quiet-week" mode="draw">
    <rect class="day-apart" x="{@x}" y="12" width="{@width}" height="140"/>
  </xsl:template>

  <xsl:template match="e:quiet-week" mode="row">
    <tr>
      <th scope="row"><xsl:value-of select="@date"/></th>
      <td></td>
      <td class="n">0</td>
      <td></td>
      <td></td>
      <td></td>
      <td>
        <xsl:call-template name="word">
          <xsl:with-param name="kind" select="'drift'"/>
          <xsl:with-param name="value" select="'quiet'"/>
        </xsl:call-template>
      </td>
    </tr>
  </xsl:template>

  <!-- A sign that stands below some week of this drawing. -->
  <xsl:template name="drift-sign">
    <xsl:param name="state"/>
    <xsl:if test="e:week[@state = $state and @width &gt;= 14]">
      <li>
        <i class="sign-{$state}" aria-hidden="true">
          <xsl:call-template name="label"><xsl:with-param name="id" select="concat('symbol.drift.', $state)"/></xsl:call-template>
        </i>
        <xsl:text> </xsl:text>
        <xsl:call-template name="word">
          <xsl:with-param name="kind" select="'drift'"/>
          <xsl:with-param name="value" select="$state"/>
        </xsl:call-template>
      </li>
    </xsl:if>
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
