<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     Controls by checks: a symbol and a number in a cell; empty rows say why.
  INPUT       <coverage-matrix>
  OUTPUT      m/<framework>.html
  PARAMETERS  language (parts/strings.xsl)
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1" exclude-result-prefixes="e">

  <xsl:import href="../parts/frame.xsl"/>
  <xsl:import href="../parts/controls.xsl"/>

  <xsl:variable name="entry" select="'coverage'"/>

  <xsl:key name="rows-below" match="e:coverage-matrix/e:row" use="string(@category)"/>

  <xsl:template match="/e:coverage-matrix"><xsl:apply-templates select="." mode="page"/></xsl:template>

  <xsl:template match="e:coverage-matrix" mode="headline">
    <h1><bdi><xsl:value-of select="@title"/></bdi></h1>
    <p class="lead"><xsl:call-template name="label"><xsl:with-param name="id" select="'lead.coverage'"/></xsl:call-template></p>
  </xsl:template>

  <xsl:template match="e:coverage-matrix" mode="body">
    <xsl:apply-templates select="$context" mode="mapping"/>
    <xsl:apply-templates select="e:review" mode="body"/>
    <p class="more">
      <a href="{$up}{@framework-page}">
        <xsl:call-template name="label"><xsl:with-param name="id" select="'coverage.framework'"/></xsl:call-template>
      </a>
    </p>
    <xsl:if test="e:row">
      <section id="at-a-glance">
        <xsl:call-template name="section-head"><xsl:with-param name="words" select="'at-a-glance'"/></xsl:call-template>
        <xsl:if test="key('rows-below', '')">
          <ul class="squares"><xsl:apply-templates select="key('rows-below', '')" mode="square"/></ul>
        </xsl:if>
        <dl class="glance"><xsl:apply-templates select="e:category[key('rows-below', @id)]" mode="square"/></dl>
        <ul class="legend">
          <xsl:call-template name="sample-square"><xsl:with-param name="state" select="'evidenced'"/></xsl:call-template>
          <xsl:call-template name="sample-square"><xsl:with-param name="state" select="'contradicted'"/></xsl:call-template>
          <xsl:call-template name="sample-square"><xsl:with-param name="state" select="'partial'"/></xsl:call-template>
          <xsl:call-template name="sample-square"><xsl:with-param name="state" select="'cannot-tell'"/></xsl:call-template>
          <xsl:call-template name="sample-square"><xsl:with-param name="state" select="'no-check'"/></xsl:call-template>
          <xsl:call-template name="sample-square"><xsl:with-param name="state" select="'out-of-scope'"/></xsl:call-template>
        </ul>
      </section>
    </xsl:if>
    <section id="matrix">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'matrix'"/></xsl:call-template>
      <xsl:choose>
        <xsl:when test="e:row">
          <ul class="legend">
            <li>
              <xsl:call-template name="badge">
                <xsl:with-param name="kind" select="'result'"/>
                <xsl:with-param name="value" select="'pass'"/>
              </xsl:call-template>
            </li>
            <li>
              <xsl:call-template name="badge">
                <xsl:with-param name="kind" select="'result'"/>
                <xsl:with-param name="value" select="'fail'"/>
              </xsl:call-template>
            </li>
            <li>
              <xsl:call-template name="badge">
                <xsl:with-param name="kind" select="'result'"/>
                <xsl:with-param name="value" select="'exception'"/>
              </xsl:call-template>
            </li>
            <li>
              <xsl:call-template name="badge">
                <xsl:with-param name="kind" select="'result'"/>
                <xsl:with-param name="value" select="'cannot-tell'"/>
              </xsl:call-template>
            </li>
            <li>
              <xsl:call-template name="badge">
                <xsl:with-param name="kind" select="'result'"/>
                <xsl:with-param name="value" select="'not-applicable'"/>
              </xsl:call-template>
            </li>
            <li>
              <i aria-hidden="true">
                <xsl:call-template name="label"><xsl:with-param name="id" select="'symbol.unmapped'"/></xsl:call-template>
              </i>
              <xsl:text> </xsl:text>
              <xsl:call-template name="label"><xsl:with-param name="id" select="'coverage.unmapped'"/></xsl:call-template>
            </li>
          </ul>
          <div class="scroll scroll-both" role="region" tabindex="0">
            <xsl:attribute name="aria-label">
              <xsl:call-template name="label"><xsl:with-param name="id" select="'coverage.region'"/></xsl:call-template>
            </xsl:attribute>
            <table class="matrix">
              <caption>
                <xsl:call-template name="label"><xsl:with-param name="id" select="'coverage.caption'"/></xsl:call-template>
              </caption>
              <thead>
                <tr>
                  <th scope="col">
                    <xsl:call-template name="label"><xsl:with-param name="id" select="'coverage.control'"/></xsl:call-template>
                  </th>
                  <th scope="col">
                    <xsl:call-template name="label"><xsl:with-param name="id" select="'coverage.state'"/></xsl:call-template>
                  </th>
                  <xsl:apply-templates select="e:column" mode="row"/>
                </tr>
              </thead>
              <xsl:if test="key('rows-below', '')">
                <tbody><xsl:apply-templates select="key('rows-below', '')" mode="row"/></tbody>
              </xsl:if>
              <xsl:apply-templates select="e:category[key('rows-below', @id)]" mode="group"/>
            </table>
          </div>
        </xsl:when>
        <xsl:otherwise><xsl:call-template name="empty"><xsl:with-param name="id" select="'matrix'"/></xsl:call-template></xsl:otherwise>
      </xsl:choose>
    </section>
    <xsl:if test="e:category">
      <section id="categories">
        <xsl:call-template name="section-head"><xsl:with-param name="words" select="'categories'"/></xsl:call-template>
        <xsl:call-template name="table">
          <xsl:with-param name="id" select="'categories'"/>
          <xsl:with-param name="rows" select="e:category"/>
        </xsl:call-template>
      </section>
    </xsl:if>
    <section id="gaps">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'gaps'"/></xsl:call-template>
      <xsl:choose>
        <xsl:when test="e:row[@gap != '' or @record != '']">
          <xsl:call-template name="table">
            <xsl:with-param name="id" select="'gaps'"/>
            <xsl:with-param name="written"><xsl:apply-templates select="e:row[@gap != '' or @record != '']" mode="gap"/></xsl:with-param>
          </xsl:call-template>
        </xsl:when>
        <xsl:otherwise><xsl:call-template name="empty"><xsl:with-param name="id" select="'gaps'"/></xsl:call-template></xsl:otherwise>
      </xsl:choose>
    </section>
    <xsl:if test="e:unlock">
      <section id="unlock">
        <xsl:call-template name="section-head"><xsl:with-param name="words" select="'unlock'"/></xsl:call-template>
        <xsl:call-template name="table">
          <xsl:with-param name="id" select="'unlock'"/>
          <xsl:with-param name="rows" select="e:unlock"/>
        </xsl:call-template>
      </section>
    </xsl:if>
    <xsl:if test="e:earlier">
      <section id="history">
        <xsl:call-template name="section-head"><xsl:with-param name="words" select="'history'"/></xsl:call-template>
        <xsl:apply-templates select="." mode="trend"/>
        <xsl:call-template name="table">
          <xsl:with-param name="id" select="'history'"/>
          <xsl:with-param name="rows" select="e:earlier | e:this-period"/>
        </xsl:call-template>
      </section>
    </xsl:if>
  </xsl:template>

  <!-- A square a control, under its heading; the sign says the state, a click opens the control. -->
  <xsl:template match="e:category" mode="square">
    <div>
      <dt>
        <bdi class="id"><xsl:value-of select="@display"/></bdi>
        <xsl:if test="@title != @display"><span class="quiet"><xsl:text> </xsl:text><bdi><xsl:value-of select="@title"/></bdi></span></xsl:if>
      </dt>
      <dd><ul class="squares"><xsl:apply-templates select="key('rows-below', @id)" mode="square"/></ul></dd>
    </div>
  </xsl:template>

  <xsl:template match="e:row" mode="square">
    <li>
      <a class="square state-{@state}" href="{$up}{@page}" title="{translate(@display, $direction-controls, '')}">
        <i aria-hidden="true">
          <xsl:call-template name="label"><xsl:with-param name="id" select="concat('symbol.state.', @state)"/></xsl:call-template>
        </i>
        <span class="unseen">
          <bdi><xsl:value-of select="@display"/></bdi>
          <xsl:text>: </xsl:text>
          <xsl:call-template name="word">
            <xsl:with-param name="kind" select="'state'"/>
            <xsl:with-param name="value" select="@state"/>
          </xsl:call-template>
        </span>
      </a>
    </li>
  </xsl:template>

  <xsl:template name="sample-square">
    <xsl:param name="state"/>
    <xsl:if test="e:row[@state = $state]">
      <li>
        <i class="square state-{$state}" aria-hidden="true">
          <xsl:call-template name="label"><xsl:with-param name="id" select="concat('symbol.state.', $state)"/></xsl:call-template>
        </i>
        <xsl:text> </xsl:text>
        <xsl:call-template name="word">
          <xsl:with-param name="kind" select="'state'"/>
          <xsl:with-param name="value" select="$state"/>
        </xsl:call-template>
      </li>
    </xsl:if>
  </xsl:template>

  <!-- The rows below one heading. -->
  <xsl:template match="e:category" mode="group">
    <tbody>
      <tr class="group">
        <th scope="rowgroup" colspan="{count(../e:column) + 2}">
          <div>
            <bdi class="id"><xsl:value-of select="@display"/></bdi>
            <xsl:if test="@title != @display"><xsl:text> </xsl:text><bdi><xsl:value-of select="@title"/></bdi></xsl:if>
          </div>
        </th>
      </tr>
      <xsl:apply-templates select="key('rows-below', @id)" mode="row"/>
    </tbody>
  </xsl:template>

  <xsl:template match="e:category" mode="row">
    <tr class="depth-{@depth}">
      <th scope="row">
        <a href="{$up}{@page}"><bdi class="id"><xsl:value-of select="@display"/></bdi></a>
        <xsl:if test="@title != @display"><div><bdi><xsl:value-of select="@title"/></bdi></div></xsl:if>
      </th>
      <xsl:apply-templates select="e:state-count" mode="sum"/>
    </tr>
  </xsl:template>

  <!-- States by period: a bar a period, each out of all controls. The table below has the same figures. -->
  <xsl:template match="e:coverage-matrix" mode="trend">
    <xsl:variable name="height" select="(count(e:earlier) + 1) * 30"/>
    <figure class="drawing">
      <div class="scroll" role="region" tabindex="0">
        <xsl:attribute name="aria-label">
          <xsl:call-template name="label"><xsl:with-param name="id" select="'trend.region'"/></xsl:call-template>
        </xsl:attribute>
        <svg class="trend" viewBox="0 0 720 {$height}" width="720" height="{$height}" role="img">
          <xsl:attribute name="aria-label">
            <xsl:call-template name="say">
              <xsl:with-param name="id" select="'trend.label'"/>
              <xsl:with-param name="a" select="format-number(sum(e:this-period/e:state-count/@n), '#,##0')"/>
            </xsl:call-template>
          </xsl:attribute>
          <xsl:apply-templates select="e:earlier | e:this-period" mode="draw"/>
        </svg>
      </div>
      <figcaption>
        <p><xsl:call-template name="label"><xsl:with-param name="id" select="'trend.caption'"/></xsl:call-template></p>
        <ul class="legend"><xsl:apply-templates select="e:this-period/e:state-count" mode="legend"/></ul>
      </figcaption>
    </figure>
  </xsl:template>

  <xsl:template match="e:earlier | e:this-period" mode="draw">
    <xsl:variable name="y" select="(position() - 1) * 30"/>
    <xsl:variable name="plain" select="translate(@period, $direction-controls, '')"/>
    <text x="0" y="{$y + 19}">
      <xsl:if test="self::e:this-period"><xsl:attribute name="class">lane-title</xsl:attribute></xsl:if>
      <xsl:value-of select="substring($plain, 1, 12)"/>
      <xsl:if test="string-length($plain) &gt; 12">…</xsl:if>
    </text>
    <xsl:apply-templates select="e:state-count[@n &gt; 0]" mode="draw"><xsl:with-param name="y" select="$y"/></xsl:apply-templates>
  </xsl:template>

  <!-- A state's share of the bar; its sign and number where they have room. -->
  <xsl:template match="e:state-count" mode="draw">
    <xsl:param name="y"/>
    <xsl:variable name="x" select="110 + 610 * sum(preceding-sibling::e:state-count/@n) div @of"/>
    <xsl:variable name="width" select="610 * @n div @of"/>
    <rect class="state-{@state}" x="{format-number($x, '0.#')}" y="{$y + 3}" width="{format-number($width, '0.#')}" height="24"/>
    <xsl:if test="$width &gt; 34">
      <text class="on-{@state}" x="{format-number($x + $width div 2, '0.#')}" y="{$y + 19.5}" text-anchor="middle">
        <xsl:call-template name="label"><xsl:with-param name="id" select="concat('symbol.state.', @state)"/></xsl:call-template>
        <xsl:text> </xsl:text>
        <xsl:value-of select="format-number(@n, '#,##0')"/>
      </text>
    </xsl:if>
  </xsl:template>

  <xsl:template match="e:state-count" mode="legend">
    <li>
      <svg viewBox="0 0 18 18" width="18" height="18" aria-hidden="true"><rect class="state-{@state}" x="1" y="1" width="16" height="16"/></svg>
      <xsl:apply-templates select="@state" mode="badge"/>
    </li>
  </xsl:template>

  <xsl:template match="e:earlier | e:this-period" mode="row">
    <tr>
      <th scope="row"><bdi><xsl:value-of select="@period"/></bdi></th>
      <xsl:apply-templates select="e:state-count" mode="sum"/>
    </tr>
  </xsl:template>

  <xsl:template match="e:state-count" mode="sum">
    <td class="n">
      <xsl:call-template name="amount">
        <xsl:with-param name="n" select="@n"/>
        <xsl:with-param name="of" select="@of"/>
        <!-- A heading has its controls on the framework's page; an earlier period has them in its own pack. -->
        <xsl:with-param name="page" select="parent::e:category/@page"/>
      </xsl:call-template>
    </td>
  </xsl:template>

  <xsl:template match="e:unlock" mode="row">
    <tr>
      <th scope="row"><bdi><xsl:value-of select="@record"/></bdi></th>
      <td class="n">
        <xsl:call-template name="number">
          <xsl:with-param name="n" select="@settles"/>
          <xsl:with-param name="page" select="concat($here, '#gaps')"/>
        </xsl:call-template>
      </td>
      <td class="n">
        <xsl:call-template name="number">
          <xsl:with-param name="n" select="@helps"/>
          <xsl:with-param name="page" select="concat($here, '#gaps')"/>
        </xsl:call-template>
      </td>
    </tr>
  </xsl:template>

  <xsl:template match="e:column" mode="row">
    <th scope="col" class="check">
      <a href="{$up}{@page}">
        <bdi class="id"><xsl:value-of select="@check"/></bdi>
        <span class="unseen"><xsl:text> </xsl:text><bdi><xsl:value-of select="@title"/></bdi></span>
      </a>
    </th>
  </xsl:template>

  <xsl:template match="e:row" mode="row">
    <tr id="{@anchor}">
      <th scope="row">
        <a href="{$up}{@page}"><bdi class="id"><xsl:value-of select="@display"/></bdi></a>
        <div><bdi><xsl:value-of select="@title"/></bdi></div>
      </th>
      <td class="state"><xsl:apply-templates select="@state" mode="badge"/></td>
      <xsl:apply-templates select="." mode="cells"/>
    </tr>
  </xsl:template>

  <xsl:template match="e:row" mode="cells"><xsl:apply-templates select="e:cell" mode="row"/></xsl:template>

  <!-- A row without one mapped check says why. -->
  <xsl:template match="e:row[not(e:cell/@result)]" mode="cells">
    <td class="why">
      <xsl:if test="count(../e:column) &gt; 1">
        <xsl:attribute name="colspan"><xsl:value-of select="count(../e:column)"/></xsl:attribute>
      </xsl:if>
      <div>
        <xsl:choose>
          <xsl:when test="@gap != ''"><bdi><xsl:value-of select="@gap"/></bdi></xsl:when>
          <xsl:otherwise>
            <xsl:call-template name="label"><xsl:with-param name="id" select="'coverage.no-check'"/></xsl:call-template>
          </xsl:otherwise>
        </xsl:choose>
      </div>
    </td>
  </xsl:template>

  <xsl:template match="e:cell" mode="row">
    <td class="unmapped">
      <i aria-hidden="true">
        <xsl:call-template name="label"><xsl:with-param name="id" select="'symbol.unmapped'"/></xsl:call-template>
      </i>
      <span class="unseen">
        <xsl:call-template name="label"><xsl:with-param name="id" select="'coverage.unmapped'"/></xsl:call-template>
      </span>
    </td>
  </xsl:template>

  <xsl:template match="e:cell[@result]" mode="row">
    <td class="cell">
      <span class="badge result-{@result}">
        <i aria-hidden="true">
          <xsl:call-template name="label"><xsl:with-param name="id" select="concat('symbol.result.', @result)"/></xsl:call-template>
        </i>
        <span class="unseen">
          <xsl:call-template name="label"><xsl:with-param name="id" select="concat('result.', @result)"/></xsl:call-template>
          <xsl:text> </xsl:text>
        </span>
      </span>
      <xsl:if test="@population">
        <div>
          <xsl:variable name="text">
            <xsl:value-of select="format-number(sum(@exceptions), '#,##0')"/>
            <xsl:text>/</xsl:text>
            <span><xsl:value-of select="format-number(@population, '#,##0')"/></span>
          </xsl:variable>
          <xsl:call-template name="link">
            <xsl:with-param name="page" select="@page"/>
            <xsl:with-param name="text"><xsl:copy-of select="$text"/></xsl:with-param>
          </xsl:call-template>
        </div>
      </xsl:if>
    </td>
  </xsl:template>

  <xsl:template match="e:row" mode="gap">
    <tr>
      <th scope="row"><a href="{$up}{@page}"><bdi class="id"><xsl:value-of select="@display"/></bdi></a></th>
      <td><xsl:apply-templates select="@state" mode="badge"/></td>
      <td><bdi><xsl:value-of select="@gap"/></bdi></td>
      <td>
        <xsl:choose>
          <xsl:when test="@record != '' and @record != '–' and @record != '-'"><bdi><xsl:value-of select="@record"/></bdi></xsl:when>
          <xsl:otherwise>
            <span class="quiet">
              <xsl:call-template name="label"><xsl:with-param name="id" select="'coverage.no-record'"/></xsl:call-template>
            </span>
          </xsl:otherwise>
        </xsl:choose>
      </td>
    </tr>
  </xsl:template>

</xsl:stylesheet>
