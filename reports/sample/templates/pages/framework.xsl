<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     Every control of one framework, the empty ones too.
  INPUT       <framework>
  OUTPUT      c/<framework>.html
  PARAMETERS  language (parts/strings.xsl)
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1" exclude-result-prefixes="e">

  <xsl:import href="../parts/frame.xsl"/>
  <xsl:import href="../parts/controls.xsl"/>

  <xsl:variable name="entry" select="'framework'"/>

  <xsl:template match="/e:framework"><xsl:apply-templates select="." mode="page"/></xsl:template>

  <xsl:key name="by-state" match="e:control-line[@state]" use="@state"/>

  <xsl:template match="e:framework" mode="headline">
    <p class="kicker"><xsl:call-template name="label"><xsl:with-param name="id" select="'kicker.framework'"/></xsl:call-template></p>
    <h1><bdi><xsl:value-of select="@title"/></bdi><xsl:text> </xsl:text><bdi class="period-line"><xsl:value-of select="@version"/></bdi></h1>
    <p class="lead">
      <xsl:call-template name="say">
        <xsl:with-param name="id" select="'lead.framework'"/>
        <xsl:with-param name="n" select="@controls"/>
        <xsl:with-param name="a"><xsl:apply-templates select="@controls" mode="value"/></xsl:with-param>
      </xsl:call-template>
    </p>
  </xsl:template>

  <xsl:template match="e:framework" mode="body">
    <xsl:apply-templates select="$context" mode="mapping"/>
    <xsl:apply-templates select="e:review" mode="body"/>
    <xsl:if test="@withdrawn &gt; 0">
      <p class="section-lead">
        <xsl:call-template name="say">
          <xsl:with-param name="id" select="'framework.withdrawn'"/>
          <xsl:with-param name="n" select="@withdrawn"/>
          <xsl:with-param name="a"><xsl:apply-templates select="@withdrawn" mode="value"/></xsl:with-param>
        </xsl:call-template>
      </p>
    </xsl:if>
    <dl class="facts">
        <xsl:call-template name="fact">
          <xsl:with-param name="name" select="'publisher'"/>
          <xsl:with-param name="value"><bdi><xsl:value-of select="@publisher"/></bdi></xsl:with-param>
        </xsl:call-template>
        <xsl:call-template name="fact">
          <xsl:with-param name="name" select="'licence'"/>
          <xsl:with-param name="value"><bdi><xsl:value-of select="@licence"/></bdi></xsl:with-param>
        </xsl:call-template>
        <xsl:call-template name="fact">
          <xsl:with-param name="name" select="'matrix'"/>
          <xsl:with-param name="value">
            <a href="{$up}{@matrix-page}">
              <xsl:call-template name="label"><xsl:with-param name="id" select="'framework.matrix'"/></xsl:call-template>
            </a>
          </xsl:with-param>
        </xsl:call-template>
    </dl>
    <section id="states">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'states'"/></xsl:call-template>
      <xsl:choose>
        <xsl:when test="e:state-count">
          <xsl:apply-templates select="." mode="strip"/>
          <ul class="states">
            <xsl:apply-templates select="e:state-count" mode="tile">
              <xsl:with-param name="page" select="$here"/>
            </xsl:apply-templates>
          </ul>
          <xsl:apply-templates select="key('by-state', 'contradicted')[1]" mode="group"/>
          <xsl:apply-templates select="key('by-state', 'cannot-tell')[1]" mode="group"/>
          <xsl:apply-templates select="key('by-state', 'partial')[1]" mode="group"/>
          <xsl:apply-templates select="key('by-state', 'evidenced')[1]" mode="group"/>
          <xsl:apply-templates select="key('by-state', 'no-check')[1]" mode="group"/>
          <xsl:apply-templates select="key('by-state', 'out-of-scope')[1]" mode="group"/>
        </xsl:when>
        <xsl:otherwise><xsl:call-template name="empty"><xsl:with-param name="id" select="'states'"/></xsl:call-template></xsl:otherwise>
      </xsl:choose>
    </section>
    <section id="all-controls">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'all-controls'"/></xsl:call-template>
      <xsl:choose>
        <xsl:when test="e:control-line">
          <xsl:call-template name="table">
            <xsl:with-param name="id" select="'framework-controls'"/>
            <xsl:with-param name="rows" select="e:control-line"/>
          </xsl:call-template>
        </xsl:when>
        <xsl:otherwise>
          <xsl:call-template name="empty"><xsl:with-param name="id" select="'framework-controls'"/></xsl:call-template>
        </xsl:otherwise>
      </xsl:choose>
    </section>
  </xsl:template>

  <!-- The controls of one state, as links to their rows -->
  <xsl:template match="e:control-line" mode="group">
    <div class="state-group" id="state-{@state}">
      <h3><xsl:apply-templates select="@state" mode="badge"/></h3>
      <p class="section-lead">
        <xsl:call-template name="label"><xsl:with-param name="id" select="concat('explain.state.', @state)"/></xsl:call-template>
      </p>
      <xsl:apply-templates select="." mode="entries"/>
    </div>
  </xsl:template>

  <xsl:template match="e:control-line" mode="entries">
    <ul class="inline"><xsl:apply-templates select="key('by-state', @state)" mode="entry"/></ul>
  </xsl:template>

  <!-- Nothing is behind these but the reason, so it stands here. -->
  <xsl:template match="e:control-line[@state = 'no-check']" mode="entries">
    <ul class="reasons"><xsl:apply-templates select="key('by-state', @state)" mode="entry"/></ul>
  </xsl:template>

  <xsl:template match="e:control-line[@state = 'no-check']" mode="entry">
    <li>
      <a href="{$up}{@page}"><bdi class="id"><xsl:value-of select="@display"/></bdi></a>
      <xsl:text> </xsl:text>
      <bdi><xsl:value-of select="@gap"/></bdi>
    </li>
  </xsl:template>

  <xsl:template match="e:control-line" mode="entry">
    <li><a href="#{@anchor}"><bdi class="id"><xsl:value-of select="@display"/></bdi></a></li>
  </xsl:template>

  <xsl:template match="e:control-line" mode="row">
    <tr id="{@anchor}" class="depth-{@depth}">
      <th scope="row">
        <xsl:call-template name="link">
          <xsl:with-param name="page" select="@page"/>
          <xsl:with-param name="text"><bdi class="id"><xsl:value-of select="@display"/></bdi></xsl:with-param>
        </xsl:call-template>
      </th>
      <td>
        <bdi><xsl:value-of select="@title"/></bdi>
        <xsl:if test="@gap and @gap != ''"><div class="quiet"><bdi><xsl:value-of select="@gap"/></bdi></div></xsl:if>
      </td>
      <td><xsl:apply-templates select="@state" mode="badge"/></td>
      <td class="n">
        <xsl:if test="@checks">
          <xsl:call-template name="number">
            <xsl:with-param name="n" select="@checks"/>
            <xsl:with-param name="page" select="concat(@page, '#checks')"/>
          </xsl:call-template>
        </xsl:if>
      </td>
    </tr>
  </xsl:template>

  <xsl:template match="e:control-line[@group = 'true' or @group = '1']" mode="row">
    <tr id="{@anchor}" class="group depth-{@depth}">
      <th scope="rowgroup" colspan="4">
        <bdi class="id"><xsl:value-of select="@display"/></bdi>
        <xsl:text> </xsl:text>
        <bdi><xsl:value-of select="@title"/></bdi>
      </th>
    </tr>
  </xsl:template>

</xsl:stylesheet>
