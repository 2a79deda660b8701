<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     Decisions in rows: what was asked, what answered, what applied, who owned it, and where the line stands.
  INPUT       <decision>, alone or inside <examples>.
  MODES       body   the table, or a sentence     row   one decision
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1" exclude-result-prefixes="e">

  <!-- Labels that every row repeats, looked up once a page. -->
  <xsl:variable name="label-requested-model"><xsl:call-template name="label"><xsl:with-param name="id" select="'pair.requested-model'"/></xsl:call-template></xsl:variable>
  <xsl:variable name="label-served-model"><xsl:call-template name="label"><xsl:with-param name="id" select="'pair.served-model'"/></xsl:call-template></xsl:variable>
  <xsl:variable name="label-outcome"><xsl:call-template name="label"><xsl:with-param name="id" select="'pair.outcome'"/></xsl:call-template></xsl:variable>
  <xsl:variable name="label-agent"><xsl:call-template name="label"><xsl:with-param name="id" select="'pair.agent'"/></xsl:call-template></xsl:variable>
  <xsl:variable name="label-data-class"><xsl:call-template name="label"><xsl:with-param name="id" select="'pair.data-class'"/></xsl:call-template></xsl:variable>
  <xsl:variable name="label-deployment"><xsl:call-template name="label"><xsl:with-param name="id" select="'pair.deployment'"/></xsl:call-template></xsl:variable>
  <xsl:variable name="label-jurisdiction"><xsl:call-template name="label"><xsl:with-param name="id" select="'pair.jurisdiction'"/></xsl:call-template></xsl:variable>
  <xsl:variable name="label-claimed-rule"><xsl:call-template name="label"><xsl:with-param name="id" select="'pair.claimed-rule'"/></xsl:call-template></xsl:variable>
  <xsl:variable name="label-version"><xsl:call-template name="label"><xsl:with-param name="id" select="'pair.version'"/></xsl:call-template></xsl:variable>
  <xsl:variable name="label-owner"><xsl:call-template name="label"><xsl:with-param name="id" select="'pair.owner'"/></xsl:call-template></xsl:variable>

  <xsl:template match="e:examples" mode="body">
    <xsl:call-template name="table">
      <xsl:with-param name="id" select="'decisions'"/>
      <xsl:with-param name="rows" select="e:decision"/>
    </xsl:call-template>
    <p class="shown">
      <xsl:call-template name="say">
        <xsl:with-param name="id" select="concat(substring('finding-', 1, 8 * boolean(parent::e:finding)), 'examples')"/>
        <xsl:with-param name="a">
          <xsl:call-template name="number"><xsl:with-param name="n" select="count(e:decision)"/></xsl:call-template>
        </xsl:with-param>
        <xsl:with-param name="b">
          <xsl:call-template name="number">
            <xsl:with-param name="n" select="@of"/>
            <xsl:with-param name="page" select="@page"/>
          </xsl:call-template>
        </xsl:with-param>
      </xsl:call-template>
    </p>
  </xsl:template>

  <xsl:template match="e:examples[not(e:decision) and @of &gt; 0]" mode="body" priority="3">
    <p class="empty">
      <xsl:call-template name="say">
        <xsl:with-param name="id" select="'empty.examples-elsewhere'"/>
        <xsl:with-param name="n" select="@of"/>
        <xsl:with-param name="a">
          <xsl:call-template name="number">
            <xsl:with-param name="n" select="@of"/>
            <xsl:with-param name="page" select="@page"/>
          </xsl:call-template>
        </xsl:with-param>
      </xsl:call-template>
    </p>
  </xsl:template>

  <xsl:template match="e:finding/e:examples[not(e:decision)]" mode="body" priority="2">
    <xsl:call-template name="empty"><xsl:with-param name="id" select="'finding-examples'"/></xsl:call-template>
  </xsl:template>

  <xsl:template match="e:examples[not(e:decision)]" mode="body">
    <xsl:call-template name="empty"><xsl:with-param name="id" select="'examples'"/></xsl:call-template>
  </xsl:template>

  <xsl:template match="e:decision" mode="row">
    <tr>
      <xsl:if test="@anchor"><xsl:attribute name="id"><xsl:value-of select="@anchor"/></xsl:attribute></xsl:if>
      <th scope="row">
        <div><xsl:apply-templates select="@at" mode="value"/></div>
        <div>
          <xsl:choose>
            <xsl:when test="@anchor">
              <a class="permalink" href="#{@anchor}"><bdi><xsl:value-of select="@request-id"/></bdi></a>
            </xsl:when>
            <xsl:otherwise><bdi><xsl:value-of select="@request-id"/></bdi></xsl:otherwise>
          </xsl:choose>
        </div>
      </th>
      <td>
        <xsl:apply-templates select="@class" mode="badge"/>
        <xsl:if test="@words"><div><bdi><xsl:value-of select="@words"/></bdi></div></xsl:if>
        <xsl:if test="@indeterminate = 'true' or @indeterminate = '1'">
          <div>
            <xsl:call-template name="badge">
              <xsl:with-param name="kind" select="'indeterminate'"/>
              <xsl:with-param name="value" select="'true'"/>
            </xsl:call-template>
          </div>
        </xsl:if>
      </td>
      <td>
        <xsl:apply-templates select="@requested-model" mode="pair"><xsl:with-param name="label" select="$label-requested-model"/></xsl:apply-templates>
        <xsl:apply-templates select="@served-model" mode="pair"><xsl:with-param name="label" select="$label-served-model"/></xsl:apply-templates>
        <xsl:apply-templates select="@outcome" mode="pair"><xsl:with-param name="label" select="$label-outcome"/></xsl:apply-templates>
      </td>
      <td>
        <xsl:apply-templates select="@agent" mode="pair"><xsl:with-param name="label" select="$label-agent"/></xsl:apply-templates>
        <xsl:apply-templates select="@data-class" mode="pair"><xsl:with-param name="label" select="$label-data-class"/></xsl:apply-templates>
        <xsl:apply-templates select="@deployment" mode="pair"><xsl:with-param name="label" select="$label-deployment"/></xsl:apply-templates>
        <xsl:apply-templates select="@jurisdiction" mode="pair"><xsl:with-param name="label" select="$label-jurisdiction"/></xsl:apply-templates>
      </td>
      <td>
        <div><xsl:apply-templates select="@rule" mode="open"/></div>
        <div>
          <small><xsl:value-of select="$label-version"/></small>
          <xsl:text> </xsl:text>
          <xsl:apply-templates select="@version" mode="open"/>
        </div>
        <div>
          <small><xsl:value-of select="$label-owner"/></small>
          <xsl:text> </xsl:text>
          <xsl:apply-templates select="." mode="owner"/>
        </div>
        <xsl:apply-templates select="@claimed-rule" mode="pair"><xsl:with-param name="label" select="$label-claimed-rule"/></xsl:apply-templates>
      </td>
      <td>
        <div><a href="{$up}{@source-page}"><bdi><xsl:value-of select="@source"/></bdi></a></div>
        <div>
          <xsl:call-template name="say">
            <xsl:with-param name="id" select="'position'"/>
            <xsl:with-param name="a"><xsl:apply-templates select="@line" mode="value"/></xsl:with-param>
            <xsl:with-param name="b"><xsl:apply-templates select="@byte-offset" mode="value"/></xsl:with-param>
            <xsl:with-param name="c"><xsl:apply-templates select="@bytes" mode="value"/></xsl:with-param>
          </xsl:call-template>
        </div>
        <div><xsl:apply-templates select="@line-sha256" mode="value"/></div>
      </td>
    </tr>
  </xsl:template>

  <!-- In this table every name is an id: the table sets them, and marks what is in words. -->
  <xsl:template match="e:decision/@rule | e:decision/@version | e:decision/@source | e:decision/@requested-model | e:decision/@served-model | e:decision/@outcome
      | e:decision/@agent | e:decision/@data-class | e:decision/@deployment | e:decision/@jurisdiction | e:decision/@claimed-rule
      | e:decision-line/@rule | e:decision-line/@owner | e:decision-line/@requested-model | e:decision-line/@served-model" mode="value" priority="3">
    <xsl:choose>
      <xsl:when test=". = '' or . = '-'">
        <span class="quiet"><xsl:value-of select="$word-none"/></span>
      </xsl:when>
      <xsl:otherwise><bdi><xsl:value-of select="."/></bdi></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="@*" mode="pair">
    <xsl:param name="label"/>
    <div>
      <small><xsl:value-of select="$label"/></small>
      <xsl:text> </xsl:text>
      <xsl:apply-templates select="." mode="value"/>
    </div>
  </xsl:template>

  <!-- One exception in short; the link opens the whole row. Kept plain: large packs have hundreds of thousands. -->
  <xsl:template match="e:decision-line" mode="row">
    <tr>
      <th scope="row"><a href="{$up}{@page}"><bdi><xsl:value-of select="@request-id"/></bdi></a></th>
      <td><xsl:apply-templates select="@at" mode="value"/></td>
      <td><code><xsl:value-of select="@class"/></code></td>
      <td><xsl:apply-templates select="@requested-model" mode="value"/></td>
      <td><xsl:apply-templates select="@served-model" mode="value"/></td>
      <td><xsl:apply-templates select="@rule" mode="value"/></td>
      <td><xsl:apply-templates select="@owner" mode="value"/></td>
    </tr>
  </xsl:template>

</xsl:stylesheet>
