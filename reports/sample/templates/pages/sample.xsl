<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     The way into what is drawn for testing by hand: the plan, the three kinds of sample, how to draw them again, and
              what a result supports.
  INPUT       <sample-plan>
  OUTPUT      d/sample.html
  PARAMETERS  language (parts/strings.xsl)
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1" exclude-result-prefixes="e">

  <xsl:import href="../parts/frame.xsl"/>

  <xsl:variable name="entry" select="'sample'"/>

  <xsl:template match="/e:sample-plan"><xsl:apply-templates select="." mode="page"/></xsl:template>

  <xsl:template match="e:sample-plan" mode="body">
    <xsl:call-template name="contents">
      <xsl:with-param name="ids" select="'kinds plan draw=sample-draw sizes=sample-sizes limits=sample-limits tests=sample-tests'"/>
    </xsl:call-template>
    <section id="kinds">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'kinds'"/></xsl:call-template>
      <xsl:call-template name="table">
        <xsl:with-param name="id" select="'sample-kinds'"/>
        <xsl:with-param name="rows" select="e:part"/>
      </xsl:call-template>
    </section>
    <section id="plan">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'plan'"/></xsl:call-template>
      <xsl:apply-templates select="." mode="plan"/>
    </section>
    <section id="draw">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'sample-draw'"/></xsl:call-template>
      <xsl:call-template name="prose">
        <xsl:with-param name="id" select="'sample-draw'"/>
        <xsl:with-param name="a" select="string(@seed)"/>
      </xsl:call-template>
    </section>
    <section id="sizes">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'sample-sizes'"/></xsl:call-template>
      <xsl:call-template name="table">
        <xsl:with-param name="id" select="'sample-sizes'"/>
        <xsl:with-param name="rows" select="e:size-line"/>
      </xsl:call-template>
    </section>
    <section id="limits">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'sample-limits'"/></xsl:call-template>
      <xsl:apply-templates select="." mode="limits"/>
    </section>
    <section id="tests">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'sample-tests'"/></xsl:call-template>
      <xsl:call-template name="prose"><xsl:with-param name="id" select="'sample-tests'"/></xsl:call-template>
    </section>
  </xsl:template>

  <xsl:template match="e:part" mode="row">
    <tr>
      <th scope="row">
        <a href="{$up}{@page}">
          <xsl:call-template name="label"><xsl:with-param name="id" select="concat('heading.sample-items.', @kind)"/></xsl:call-template>
        </a>
      </th>
      <td>
        <xsl:apply-templates select="." mode="words"/>
        <xsl:apply-templates select="@shown" mode="words"/>
      </td>
      <td class="n">
        <xsl:call-template name="number">
          <xsl:with-param name="n" select="@n"/>
          <xsl:with-param name="page" select="@page"/>
        </xsl:call-template>
      </td>
      <td><a href="{$up}{@data}"><code><xsl:value-of select="@data"/></code></a></td>
    </tr>
  </xsl:template>

  <xsl:template match="e:part" mode="words">
    <xsl:call-template name="say">
      <xsl:with-param name="id" select="concat('sample.', @kind)"/>
      <xsl:with-param name="n" select="@n"/>
      <xsl:with-param name="a">
        <xsl:call-template name="number"><xsl:with-param name="n" select="@of"/><xsl:with-param name="page" select="@of-page"/></xsl:call-template>
      </xsl:with-param>
      <xsl:with-param name="b"><xsl:apply-templates select="../@per-stratum" mode="value"/></xsl:with-param>
      <xsl:with-param name="c"><xsl:apply-templates select="@changes" mode="value"/></xsl:with-param>
      <xsl:with-param name="d"><xsl:apply-templates select="@decisions" mode="value"/></xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="e:part/@shown" mode="words">
    <xsl:text> </xsl:text>
    <xsl:call-template name="say">
      <xsl:with-param name="id" select="'sample.boundary.shown'"/>
      <xsl:with-param name="a" select="format-number(., '#,##0')"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="e:sample-plan" mode="plan">
    <dl class="facts">
      <xsl:apply-templates select="@confidence-text | @tolerable-rate-text" mode="fact"/>
      <xsl:call-template name="fact">
        <xsl:with-param name="name" select="'expected-exceptions'"/>
        <xsl:with-param name="value"><xsl:value-of select="format-number(@expected-exceptions, '#,##0')"/></xsl:with-param>
      </xsl:call-template>
      <xsl:call-template name="fact">
        <xsl:with-param name="name" select="'sample-size'"/>
        <xsl:with-param name="value">
          <xsl:call-template name="say">
            <xsl:with-param name="id" select="concat('sample.size.', @stated = 'true')"/>
            <xsl:with-param name="a" select="format-number(@size, '#,##0')"/>
          </xsl:call-template>
        </xsl:with-param>
      </xsl:call-template>
      <xsl:call-template name="fact">
        <xsl:with-param name="name" select="'sample-population'"/>
        <xsl:with-param name="value">
          <xsl:call-template name="say">
            <xsl:with-param name="id" select="'sample.population'"/>
            <xsl:with-param name="a">
              <xsl:call-template name="number">
                <xsl:with-param name="n" select="@population"/>
                <xsl:with-param name="page" select="'reconciliation.html'"/>
              </xsl:call-template>
            </xsl:with-param>
            <xsl:with-param name="b" select="format-number(@distinct, '#,##0')"/>
          </xsl:call-template>
        </xsl:with-param>
      </xsl:call-template>
      <xsl:call-template name="fact">
        <xsl:with-param name="name" select="'sample-drawn'"/>
        <xsl:with-param name="value">
          <xsl:call-template name="amount">
            <xsl:with-param name="n" select="e:part[@kind = 'attribute']/@n"/>
            <xsl:with-param name="of" select="@distinct"/>
            <xsl:with-param name="page" select="e:part[@kind = 'attribute']/@page"/>
          </xsl:call-template>
          <xsl:if test="@whole = 'true'">
            <xsl:text> </xsl:text>
            <xsl:call-template name="label"><xsl:with-param name="id" select="'sample.whole'"/></xsl:call-template>
          </xsl:if>
        </xsl:with-param>
      </xsl:call-template>
      <xsl:call-template name="fact">
        <xsl:with-param name="name" select="'seed'"/>
        <xsl:with-param name="value"><bdi class="id"><xsl:value-of select="@seed"/></bdi></xsl:with-param>
      </xsl:call-template>
      <xsl:apply-templates select="@per-stratum" mode="fact"/>
    </dl>
  </xsl:template>

  <xsl:template match="e:sample-plan/@confidence-text | e:sample-plan/@tolerable-rate-text" mode="value"><xsl:value-of select="."/></xsl:template>

  <xsl:template match="e:size-line" mode="row">
    <tr>
      <xsl:if test="@own"><xsl:attribute name="class">own</xsl:attribute></xsl:if>
      <th scope="row">
        <xsl:value-of select="@confidence-text"/>
        <xsl:if test="@own">
          <xsl:text> </xsl:text>
          <span class="quiet"><xsl:call-template name="label"><xsl:with-param name="id" select="'sample.own'"/></xsl:call-template></span>
        </xsl:if>
      </th>
      <td class="n"><xsl:value-of select="@tolerable-rate-text"/></td>
      <xsl:apply-templates select="e:size" mode="cells"/>
    </tr>
  </xsl:template>

  <xsl:template match="e:size" mode="cells"><td class="n"><xsl:value-of select="format-number(@n, '#,##0')"/></td></xsl:template>
  <xsl:template match="e:size[not(@n)]" mode="cells">
    <td class="n quiet"><xsl:call-template name="label"><xsl:with-param name="id" select="'sample.too-many'"/></xsl:call-template></td>
  </xsl:template>

  <xsl:template match="e:sample-plan" mode="limits">
    <xsl:call-template name="table">
      <xsl:with-param name="id" select="'sample-limits'"/>
      <xsl:with-param name="a" select="string(@confidence-text)"/>
      <xsl:with-param name="b" select="string(@tolerable-rate-text)"/>
      <xsl:with-param name="rows" select="e:limit-line"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="e:sample-plan[not(e:limit-line)]" mode="limits">
    <xsl:call-template name="empty"><xsl:with-param name="id" select="'sample-limits'"/></xsl:call-template>
  </xsl:template>

  <xsl:template match="e:limit-line" mode="row">
    <tr>
      <th scope="row">
        <xsl:call-template name="amount">
          <xsl:with-param name="n" select="@exceptions"/>
          <xsl:with-param name="of" select="@of"/>
        </xsl:call-template>
      </th>
      <td class="n"><xsl:value-of select="@share-text"/></td>
      <td class="n"><xsl:value-of select="@limit-text"/></td>
      <td><xsl:apply-templates select="@supported" mode="badge"/></td>
    </tr>
  </xsl:template>

</xsl:stylesheet>
