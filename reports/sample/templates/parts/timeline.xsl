<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     The timeline drawing: lanes of bars and marks over one axis, in inline SVG.
  INPUT       <timeline>: places in thousandths of the time shown; rows numbered within their lane.
  MODES       body   the drawing with its legend     draw    one part of the drawing
  NOTES       Geometry stands in attributes, colour in classes, patterns in fill attributes. The drawing says nothing that the
              tables beside it do not; for a screen reader it is one picture with one description.
              Height: 36 above, 48 a lane, 32 a row, 34 for the axis.
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1" exclude-result-prefixes="e">

  <xsl:template match="e:timeline" mode="body">
    <xsl:variable name="floor" select="36 + 48 * count(e:lane) + 32 * sum(e:lane/@rows)"/>
    <figure class="drawing">
      <div class="scroll" role="region" tabindex="0">
        <xsl:attribute name="aria-label">
          <xsl:call-template name="say"><xsl:with-param name="id" select="'timeline.region'"/></xsl:call-template>
        </xsl:attribute>
        <svg class="timeline" viewBox="0 0 1020 {$floor + 34}" width="1020" height="{$floor + 34}" role="img">
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
            <rect class="period" x="{@period-x}" y="22" width="{@period-width}" height="{$floor - 22}"/>
            <xsl:apply-templates select="e:tick" mode="draw"><xsl:with-param name="floor" select="$floor"/></xsl:apply-templates>
            <line class="bound" x1="{@period-x}" y1="8" x2="{@period-x}" y2="{$floor}"/>
            <line class="bound" x1="{@period-x + @period-width}" y1="8" x2="{@period-x + @period-width}" y2="{$floor}"/>
            <text class="bound-label" y="16">
              <xsl:choose>
                <xsl:when test="@period-x &gt; 850">
                  <xsl:attribute name="x"><xsl:value-of select="@period-x - 6"/></xsl:attribute>
                  <xsl:attribute name="text-anchor">end</xsl:attribute>
                </xsl:when>
                <xsl:otherwise><xsl:attribute name="x"><xsl:value-of select="@period-x + 6"/></xsl:attribute></xsl:otherwise>
              </xsl:choose>
              <xsl:call-template name="say"><xsl:with-param name="id" select="'timeline.period'"/></xsl:call-template>
            </text>
            <line class="axis" x1="0" y1="{$floor}" x2="1000" y2="{$floor}"/>
            <xsl:apply-templates select="e:lane" mode="draw"/>
          </g>
        </svg>
      </div>
      <figcaption>
        <p><xsl:call-template name="say"><xsl:with-param name="id" select="'timeline.caption'"/></xsl:call-template></p>
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
        </ul>
      </figcaption>
    </figure>
  </xsl:template>

  <xsl:template match="e:tick" mode="draw">
    <xsl:param name="floor"/>
    <line class="tick" x1="{@x}" y1="22" x2="{@x}" y2="{$floor + 6}"/>
    <text class="tick-label" x="{@x}" y="{$floor + 22}">
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

  <xsl:template match="e:lane" mode="draw">
    <g transform="translate(0 {30 + 48 * count(preceding-sibling::e:lane) + 32 * sum(preceding-sibling::e:lane/@rows)})">
      <text class="lane-title" y="13"><xsl:value-of select="translate(@title, $direction-controls, '')"/></text>
      <g transform="translate(0 36)">
        <xsl:apply-templates select="e:bar" mode="draw"/>
        <xsl:apply-templates select="e:mark" mode="draw"/>
      </g>
    </g>
  </xsl:template>

  <!-- A bar: its ground, its hatching where it has one, its name where there is room. -->
  <xsl:template match="e:bar" mode="draw">
    <xsl:variable name="label" select="translate(@label, $direction-controls, '')"/>
    <g>
      <xsl:attribute name="class">
        <xsl:text>bar bar-</xsl:text>
        <xsl:choose>
          <xsl:when test="@kind = 'version' or @kind = 'tenure' or @kind = 'gap' or @kind = 'overlap' or @kind = 'departed'">
            <xsl:value-of select="@kind"/>
          </xsl:when>
          <xsl:otherwise>other</xsl:otherwise>
        </xsl:choose>
        <xsl:if test="@backdated = 'true' or @backdated = '1'"> backdated</xsl:if>
      </xsl:attribute>
      <title><xsl:value-of select="translate(@title, $direction-controls, '')"/></title>
      <rect class="ground" x="{@x + 0.75}" y="{32 * @row + 0.75}" height="24.5" rx="2">
        <xsl:attribute name="width">
          <xsl:choose>
            <xsl:when test="@width &gt; 3"><xsl:value-of select="@width - 1.5"/></xsl:when>
            <xsl:otherwise>1.5</xsl:otherwise>
          </xsl:choose>
        </xsl:attribute>
      </rect>
      <xsl:if test="@kind = 'gap' or @kind = 'overlap' or @kind = 'departed'">
        <rect x="{@x + 0.75}" y="{32 * @row + 0.75}" height="24.5" rx="2" fill="url(#hatch-{@kind})">
          <xsl:attribute name="width">
            <xsl:choose>
              <xsl:when test="@width &gt; 3"><xsl:value-of select="@width - 1.5"/></xsl:when>
              <xsl:otherwise>1.5</xsl:otherwise>
            </xsl:choose>
          </xsl:attribute>
        </rect>
      </xsl:if>
      <xsl:if test="@width &gt; 8 * string-length($label) + 14">
        <xsl:if test="@kind = 'gap' or @kind = 'overlap' or @kind = 'departed'">
          <rect class="plate" x="{@x + 6}" y="{32 * @row + 4}" width="{7.4 * string-length($label) + 8}" height="18" rx="2"/>
        </xsl:if>
        <text class="bar-label" x="{@x + 10}" y="{32 * @row + 17.5}"><xsl:value-of select="$label"/></text>
      </xsl:if>
    </g>
  </xsl:template>

  <!-- Marks stand above their lane's first row: a diamond for a hand-over, a flag for a change. -->
  <xsl:template match="e:mark" mode="draw">
    <g class="mark" transform="translate({@x} -8)">
      <title><xsl:value-of select="translate(@label, $direction-controls, '')"/></title>
      <xsl:call-template name="mark-shape"><xsl:with-param name="kind" select="@kind"/></xsl:call-template>
    </g>
  </xsl:template>

  <xsl:template name="mark-shape">
    <xsl:param name="kind"/>
    <xsl:choose>
      <xsl:when test="$kind = 'hand-over'">
        <path class="mark-hand-over" d="M0 -6 L6 0 L0 6 L-6 0 Z"/>
        <line class="mark-stem" x1="0" y1="6" x2="0" y2="33"/>
      </xsl:when>
      <xsl:otherwise>
        <path class="mark-change" d="M-6 -6 L6 -6 L0 5 Z"/>
        <line class="mark-stem" x1="0" y1="5" x2="0" y2="33"/>
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
      <xsl:call-template name="say"><xsl:with-param name="id" select="concat('legend.', $kind)"/></xsl:call-template>
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
      <xsl:call-template name="say"><xsl:with-param name="id" select="concat('legend.', $kind)"/></xsl:call-template>
    </li>
  </xsl:template>

</xsl:stylesheet>
