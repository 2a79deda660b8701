<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     The timeline drawing: lanes of bars and marks over one axis, in inline SVG.
  INPUT       <timeline>: places in thousandths of the time shown; rows numbered within their lane.
  MODES       body   the drawing with its legend     draw    one part of the drawing     room   how much a lane shows
  NOTES       Geometry stands in attributes, colour in classes, patterns in fill attributes. The drawing says nothing that the
              tables beside it do not; for a screen reader it is one picture with one description.
              Height: 30 above, 56 a lane, 36 a row, 30 for the axis. A lane's title stands on clear paper: the ground of the
              period, its bounds and the ticks are drawn beside the bars only.
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1" exclude-result-prefixes="e">

  <xsl:template match="e:timeline" mode="body">
    <xsl:variable name="floor" select="26 + 56 * count(e:lane) + 36 * sum(e:lane/@rows)"/>
    <figure class="drawing">
      <div class="scroll" role="region" tabindex="0">
        <xsl:attribute name="aria-label">
          <xsl:call-template name="label"><xsl:with-param name="id" select="'timeline.region'"/></xsl:call-template>
        </xsl:attribute>
        <svg class="timeline" viewBox="0 0 1020 {$floor + 30}" width="1020" height="{$floor + 30}" role="img">
          <xsl:attribute name="aria-label">
            <xsl:call-template name="say">
              <xsl:with-param name="id" select="'timeline.label'"/>
              <xsl:with-param name="a" select="string(@from-text)"/>
              <xsl:with-param name="b" select="string(@to-text)"/>
            </xsl:call-template>
          </xsl:attribute>
          <defs>
            <xsl:if test="e:lane/e:bar[@kind = 'gap']">
              <pattern id="hatch-gap" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                <rect class="ink-gap" width="3" height="8"/>
              </pattern>
            </xsl:if>
            <xsl:if test="e:lane/e:bar[@kind = 'overlap']">
              <pattern id="hatch-overlap" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                <rect class="ink-overlap" width="1.5" height="7"/><rect class="ink-overlap" width="7" height="1.5"/>
              </pattern>
            </xsl:if>
            <xsl:if test="e:lane/e:bar[@kind = 'departed']">
              <pattern id="hatch-departed" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">
                <rect class="ink-departed" width="1.5" height="7"/>
              </pattern>
            </xsl:if>
          </defs>
          <g transform="translate(10 0)">
            <path class="bound" fill="none" d="M{@period-x} 24v-4h{@period-width}v4"/>
            <text class="bound-label" y="13">
              <xsl:choose>
                <xsl:when test="@period-x &gt; 850">
                  <xsl:attribute name="x"><xsl:value-of select="@period-x + @period-width"/></xsl:attribute>
                  <xsl:attribute name="text-anchor">end</xsl:attribute>
                </xsl:when>
                <xsl:otherwise><xsl:attribute name="x"><xsl:value-of select="@period-x"/></xsl:attribute></xsl:otherwise>
              </xsl:choose>
              <xsl:call-template name="label"><xsl:with-param name="id" select="'timeline.period'"/></xsl:call-template>
            </text>
            <xsl:apply-templates select="e:lane" mode="draw"/>
            <line class="axis" x1="0" y1="{$floor}" x2="1000" y2="{$floor}"/>
            <xsl:apply-templates select="e:tick" mode="label"><xsl:with-param name="floor" select="$floor"/></xsl:apply-templates>
          </g>
        </svg>
      </div>
      <figcaption>
        <p><xsl:call-template name="label"><xsl:with-param name="id" select="'timeline.caption'"/></xsl:call-template></p>
        <ul class="legend">
          <xsl:if test="e:lane/e:bar[@kind = 'version']">
            <xsl:call-template name="sample-bar"><xsl:with-param name="kind" select="'version'"/></xsl:call-template>
          </xsl:if>
          <xsl:if test="e:lane/e:bar[@kind = 'tenure']">
            <xsl:call-template name="sample-bar"><xsl:with-param name="kind" select="'tenure'"/></xsl:call-template>
          </xsl:if>
          <xsl:if test="e:lane/e:bar[@kind = 'gap']">
            <xsl:call-template name="sample-bar"><xsl:with-param name="kind" select="'gap'"/></xsl:call-template>
          </xsl:if>
          <xsl:if test="e:lane/e:bar[@kind = 'overlap']">
            <xsl:call-template name="sample-bar"><xsl:with-param name="kind" select="'overlap'"/></xsl:call-template>
          </xsl:if>
          <xsl:if test="e:lane/e:bar[@kind = 'departed']">
            <xsl:call-template name="sample-bar"><xsl:with-param name="kind" select="'departed'"/></xsl:call-template>
          </xsl:if>
          <xsl:if test="e:lane/e:bar[@backdated = 'true' or @backdated = '1']">
            <xsl:call-template name="sample-bar"><xsl:with-param name="kind" select="'backdated'"/></xsl:call-template>
          </xsl:if>
          <xsl:if test="e:lane/e:mark[@kind = 'hand-over']">
            <xsl:call-template name="sample-mark"><xsl:with-param name="kind" select="'hand-over'"/></xsl:call-template>
          </xsl:if>
          <xsl:if test="e:lane/e:mark[@kind != 'hand-over']">
            <xsl:call-template name="sample-mark"><xsl:with-param name="kind" select="'change'"/></xsl:call-template>
          </xsl:if>
          <xsl:if test="e:lane/e:bar[@recorded-x]">
            <xsl:call-template name="sample-mark"><xsl:with-param name="kind" select="'recorded'"/></xsl:call-template>
          </xsl:if>
          <xsl:if test="e:lane/e:bar[@left-x]">
            <xsl:call-template name="sample-mark"><xsl:with-param name="kind" select="'left'"/></xsl:call-template>
          </xsl:if>
        </ul>
        <xsl:apply-templates select="e:lane[@shown &lt; @of]" mode="room"/>
      </figcaption>
    </figure>
  </xsl:template>

  <xsl:template match="e:lane" mode="room">
    <p class="shown">
      <xsl:call-template name="say">
        <xsl:with-param name="id" select="'timeline.room'"/>
        <xsl:with-param name="a"><bdi><xsl:value-of select="@title"/></bdi></xsl:with-param>
        <xsl:with-param name="b" select="format-number(@shown, '#,##0')"/>
        <xsl:with-param name="c" select="format-number(@of, '#,##0')"/>
      </xsl:call-template>
    </p>
  </xsl:template>

  <xsl:template match="e:tick" mode="label">
    <xsl:param name="floor"/>
    <line class="tick" x1="{@x}" y1="{$floor}" x2="{@x}" y2="{$floor + 6}"/>
    <text class="tick-label" x="{@x}" y="{$floor + 21}">
      <xsl:attribute name="text-anchor">
        <xsl:choose>
          <xsl:when test="@x &lt; 30">start</xsl:when>
          <xsl:when test="@x &gt; 960">end</xsl:when>
          <xsl:otherwise>middle</xsl:otherwise>
        </xsl:choose>
      </xsl:attribute>
      <xsl:value-of select="translate(@label, $direction-controls, '')"/>
    </text>
  </xsl:template>

  <!-- A lane: its title, then the ground of its rows from 24 down, then bars and marks. -->
  <xsl:template match="e:lane" mode="draw">
    <xsl:variable name="height" select="24 + 36 * @rows"/>
    <g transform="translate(0 {26 + 56 * count(preceding-sibling::e:lane) + 36 * sum(preceding-sibling::e:lane/@rows)})">
      <text class="lane-title" y="17"><xsl:value-of select="translate(@title, $direction-controls, '')"/></text>
      <g transform="translate(0 24)">
        <rect class="period" x="{../@period-x}" y="0" width="{../@period-width}" height="{$height}"/>
        <xsl:apply-templates select="../e:tick" mode="draw"><xsl:with-param name="height" select="$height"/></xsl:apply-templates>
        <line class="bound" x1="{../@period-x}" y1="0" x2="{../@period-x}" y2="{$height}"/>
        <line class="bound" x1="{../@period-x + ../@period-width}" y1="0" x2="{../@period-x + ../@period-width}" y2="{$height}"/>
        <g transform="translate(0 20)">
          <xsl:apply-templates select="e:bar" mode="draw"/>
          <xsl:apply-templates select="e:mark" mode="draw"/>
        </g>
      </g>
    </g>
  </xsl:template>

  <xsl:template match="e:tick" mode="draw">
    <xsl:param name="height"/>
    <line class="tick" x1="{@x}" y1="0" x2="{@x}" y2="{$height}"/>
  </xsl:template>

  <!-- A bar: its ground, its hatching where it has one, its name where there is room, when it was recorded, when its owner left. -->
  <xsl:template match="e:bar" mode="draw">
    <xsl:variable name="label" select="translate(@label, $direction-controls, '')"/>
    <xsl:variable name="top" select="36 * @row"/>
    <xsl:variable name="width">
      <xsl:choose>
        <xsl:when test="@width &gt; 3"><xsl:value-of select="@width - 1.5"/></xsl:when>
        <xsl:otherwise>1.5</xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <xsl:variable name="hatched" select="@kind = 'gap' or @kind = 'overlap' or @kind = 'departed'"/>
    <g>
      <xsl:attribute name="class">
        <xsl:text>bar bar-</xsl:text>
        <xsl:choose>
          <xsl:when test="$hatched or @kind = 'version' or @kind = 'tenure'"><xsl:value-of select="@kind"/></xsl:when>
          <xsl:otherwise>other</xsl:otherwise>
        </xsl:choose>
        <xsl:if test="@backdated = 'true' or @backdated = '1'"> backdated</xsl:if>
      </xsl:attribute>
      <title><xsl:value-of select="translate(@title, $direction-controls, '')"/></title>
      <rect class="ground" x="{@x + 0.75}" y="{$top + 0.75}" width="{$width}" height="24.5" rx="2"/>
      <xsl:if test="$hatched">
        <rect x="{@x + 0.75}" y="{$top + 0.75}" width="{$width}" height="24.5" rx="2" fill="url(#hatch-{@kind})"/>
      </xsl:if>
      <xsl:if test="@recorded-x">
        <path class="recorded-line" fill="none" d="M{@x + 0.75} {$top + 25}v5H{@recorded-x}"/>
        <circle class="mark-recorded" cx="{@recorded-x}" cy="{$top + 30}" r="3.5"/>
      </xsl:if>
      <xsl:if test="@left-x">
        <path class="mark-left" transform="translate({@left-x} {$top + 13})" d="M-6 -6L6 6M6 -6L-6 6"/>
      </xsl:if>
      <!-- The name stands before the cross, behind it, or not at all. -->
      <xsl:variable name="room" select="8.4 * string-length($label) + 18"/>
      <xsl:choose>
        <xsl:when test="@left-x - @x &lt; $room">
          <xsl:if test="@x + @width - @left-x &gt; $room">
            <text class="bar-label" x="{@left-x + 12}" y="{$top + 17.5}"><xsl:value-of select="$label"/></text>
          </xsl:if>
        </xsl:when>
        <xsl:when test="@width &gt; $room">
          <xsl:if test="$hatched">
            <rect class="plate" x="{@x + 6}" y="{$top + 4}" width="{$room - 10}" height="18" rx="2"/>
          </xsl:if>
          <text class="bar-label" x="{@x + 10}" y="{$top + 17.5}"><xsl:value-of select="$label"/></text>
        </xsl:when>
      </xsl:choose>
    </g>
  </xsl:template>

  <!-- Marks stand above their lane's first row: a diamond for a hand-over, a flag for a change. -->
  <xsl:template match="e:mark" mode="draw">
    <g class="mark" transform="translate({@x} -9)">
      <title><xsl:value-of select="translate(@label, $direction-controls, '')"/></title>
      <xsl:call-template name="mark-shape"><xsl:with-param name="kind" select="@kind"/></xsl:call-template>
    </g>
  </xsl:template>

  <xsl:template name="mark-shape">
    <xsl:param name="kind"/>
    <xsl:choose>
      <xsl:when test="$kind = 'hand-over'">
        <path class="mark-hand-over" d="M0 -6L6 0L0 6L-6 0Z"/>
      </xsl:when>
      <xsl:when test="$kind = 'recorded'"><circle class="mark-recorded" cx="0" cy="0" r="4"/></xsl:when>
      <xsl:when test="$kind = 'left'"><path class="mark-left" d="M-6 -6L6 6M6 -6L-6 6"/></xsl:when>
      <xsl:otherwise>
        <path class="mark-change" d="M-6 -6H6L0 6Z"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Legend -->

  <xsl:template name="sample-bar">
    <xsl:param name="kind"/>
    <li>
      <svg viewBox="0 0 34 18" width="34" height="18" aria-hidden="true">
        <g>
          <xsl:attribute name="class">
            <xsl:choose>
              <xsl:when test="$kind = 'backdated'">bar backdated</xsl:when>
              <xsl:otherwise>bar bar-<xsl:value-of select="$kind"/></xsl:otherwise>
            </xsl:choose>
          </xsl:attribute>
          <rect class="ground" x="1" y="1" width="32" height="16" rx="2"/>
          <xsl:if test="$kind = 'gap' or $kind = 'overlap' or $kind = 'departed'">
            <rect x="1" y="1" width="32" height="16" rx="2" fill="url(#hatch-{$kind})"/>
          </xsl:if>
        </g>
      </svg>
      <xsl:text> </xsl:text>
      <xsl:call-template name="label"><xsl:with-param name="id" select="concat('legend.', $kind)"/></xsl:call-template>
    </li>
  </xsl:template>

  <xsl:template name="sample-mark">
    <xsl:param name="kind"/>
    <li>
      <svg viewBox="0 0 18 18" width="18" height="18" aria-hidden="true">
        <g class="mark" transform="translate(9 9)">
          <xsl:call-template name="mark-shape"><xsl:with-param name="kind" select="$kind"/></xsl:call-template>
        </g>
      </svg>
      <xsl:text> </xsl:text>
      <xsl:call-template name="label"><xsl:with-param name="id" select="concat('legend.', $kind)"/></xsl:call-template>
    </li>
  </xsl:template>

</xsl:stylesheet>
