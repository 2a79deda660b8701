<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     The rows of a delta: what each thing was before and what it is now.
  INPUT       The lists of <delta>.
  MODES       list    a list as a section: its table, or a sentence     body    checks by kind; controls of one framework
              row     one thing                                         state   one side of a row
              opens   a count of the headline, which opens its rows     place   a name that leads to its page, or names it
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1" exclude-result-prefixes="e">

  <xsl:key name="check-kind" match="e:check-change" use="@kind"/>

  <!-- Where the rows of a headline's count stand -->
  <xsl:template match="@newly-failing | @newly-passing | @newly-cannot-tell | @still-failing" mode="opens">
    <xsl:call-template name="number">
      <xsl:with-param name="n" select="."/>
      <xsl:with-param name="page" select="concat('delta.html#checks-', local-name())"/>
    </xsl:call-template>
  </xsl:template>
  <xsl:template match="@gained | @lost | @contradicted" mode="opens">
    <xsl:call-template name="number"><xsl:with-param name="n" select="."/><xsl:with-param name="page" select="'delta.html#controls'"/></xsl:call-template>
  </xsl:template>
  <xsl:template match="@versions-new" mode="opens">
    <xsl:call-template name="number"><xsl:with-param name="n" select="."/><xsl:with-param name="page" select="'delta.html#versions'"/></xsl:call-template>
  </xsl:template>
  <xsl:template match="@looser | @stricter | @rule-changes" mode="opens">
    <xsl:call-template name="number"><xsl:with-param name="n" select="."/><xsl:with-param name="page" select="'delta.html#changes'"/></xsl:call-template>
  </xsl:template>
  <xsl:template match="@rules-added | @rules-removed" mode="opens">
    <xsl:call-template name="number"><xsl:with-param name="n" select="."/><xsl:with-param name="page" select="'delta.html#rules'"/></xsl:call-template>
  </xsl:template>
  <xsl:template match="@hand-overs" mode="opens">
    <xsl:call-template name="number"><xsl:with-param name="n" select="."/><xsl:with-param name="page" select="'delta.html#owners'"/></xsl:call-template>
  </xsl:template>
  <xsl:template match="@gaps-opened | @gaps-closed" mode="opens">
    <xsl:call-template name="number"><xsl:with-param name="n" select="."/><xsl:with-param name="page" select="'delta.html#gaps'"/></xsl:call-template>
  </xsl:template>
  <xsl:template match="@findings-new | @findings-gone" mode="opens">
    <xsl:call-template name="number"><xsl:with-param name="n" select="."/><xsl:with-param name="page" select="concat('delta.html#', local-name())"/></xsl:call-template>
  </xsl:template>

  <xsl:template match="e:remark" mode="row">
    <li>
      <i aria-hidden="true"><xsl:call-template name="label"><xsl:with-param name="id" select="'symbol.notice'"/></xsl:call-template></i>
      <xsl:text> </xsl:text>
      <xsl:call-template name="say">
        <xsl:with-param name="id" select="concat('remark.', @kind)"/>
        <xsl:with-param name="n" select="@before"/>
        <xsl:with-param name="a"><bdi><xsl:value-of select="@before"/></bdi></xsl:with-param>
        <xsl:with-param name="b"><bdi><xsl:value-of select="@after"/></bdi></xsl:with-param>
      </xsl:call-template>
    </li>
  </xsl:template>

  <xsl:template match="e:before | e:after" mode="row">
    <tr>
      <th scope="row"><xsl:call-template name="label"><xsl:with-param name="id" select="concat('sides.', local-name())"/></xsl:call-template></th>
      <td><bdi><xsl:value-of select="@organisation"/></bdi></td>
      <td><bdi><xsl:value-of select="@period"/></bdi><div class="quiet"><bdi><xsl:value-of select="@period-text"/></bdi></div></td>
      <td class="n">
        <xsl:call-template name="amount"><xsl:with-param name="n" select="@exceptions"/><xsl:with-param name="of" select="@judged"/></xsl:call-template>
      </td>
      <td><bdi><xsl:value-of select="@tool-version"/></bdi></td>
      <td>
        <xsl:choose>
          <xsl:when test="@manifest-sha256"><code class="digest"><xsl:value-of select="@manifest-sha256"/></code></xsl:when>
          <xsl:otherwise>
            <span class="quiet"><xsl:call-template name="label"><xsl:with-param name="id" select="'delta.own-digest'"/></xsl:call-template></span>
          </xsl:otherwise>
        </xsl:choose>
      </td>
    </tr>
  </xsl:template>

  <!-- Sections -->

  <xsl:template match="e:version-changes" mode="list"><xsl:call-template name="delta-list"><xsl:with-param name="id" select="'versions'"/></xsl:call-template></xsl:template>
  <xsl:template match="e:rule-changes" mode="list"><xsl:call-template name="delta-list"><xsl:with-param name="id" select="'changes'"/></xsl:call-template></xsl:template>
  <xsl:template match="e:rule-presences" mode="list"><xsl:call-template name="delta-list"><xsl:with-param name="id" select="'rules'"/></xsl:call-template></xsl:template>
  <xsl:template match="e:hand-overs" mode="list"><xsl:call-template name="delta-list"><xsl:with-param name="id" select="'owners'"/></xsl:call-template></xsl:template>
  <xsl:template match="e:gap-changes" mode="list"><xsl:call-template name="delta-list"><xsl:with-param name="id" select="'gaps'"/></xsl:call-template></xsl:template>
  <xsl:template match="e:findings-new | e:findings-gone" mode="list"><xsl:call-template name="delta-list"><xsl:with-param name="id" select="local-name()"/></xsl:call-template></xsl:template>
  <xsl:template match="e:rulers" mode="list"><xsl:call-template name="delta-list"><xsl:with-param name="id" select="'rulers'"/></xsl:call-template></xsl:template>

  <!-- One list as a section; an empty one says a sentence. -->
  <xsl:template name="delta-list">
    <xsl:param name="id"/>
    <section id="{$id}">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="concat('delta-', $id)"/></xsl:call-template>
      <xsl:choose>
        <xsl:when test="*">
          <xsl:call-template name="table">
            <xsl:with-param name="id" select="concat('delta-', $id)"/>
            <xsl:with-param name="rows" select="*"/>
          </xsl:call-template>
          <xsl:apply-templates select="." mode="shown"/>
        </xsl:when>
        <xsl:otherwise><xsl:call-template name="empty"><xsl:with-param name="id" select="concat('delta-', $id)"/></xsl:call-template></xsl:otherwise>
      </xsl:choose>
    </section>
  </xsl:template>

  <!-- Checks, by what became of them -->

  <xsl:template match="e:check-changes" mode="body">
    <section id="checks">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'delta-checks'"/></xsl:call-template>
      <xsl:if test="not(e:check-change)"><xsl:call-template name="empty"><xsl:with-param name="id" select="'delta-checks'"/></xsl:call-template></xsl:if>
      <xsl:apply-templates select="key('check-kind', 'newly-failing')[1]" mode="group"/>
      <xsl:apply-templates select="key('check-kind', 'newly-cannot-tell')[1]" mode="group"/>
      <xsl:apply-templates select="key('check-kind', 'still-failing')[1]" mode="group"/>
      <xsl:apply-templates select="key('check-kind', 'newly-passing')[1]" mode="group"/>
      <xsl:apply-templates select="key('check-kind', 'other')[1]" mode="group"/>
      <xsl:apply-templates select="key('check-kind', 'added')[1]" mode="group"/>
      <xsl:apply-templates select="key('check-kind', 'removed')[1]" mode="group"/>
      <xsl:apply-templates select="." mode="shown"/>
      <p class="shown">
        <xsl:call-template name="say">
          <xsl:with-param name="id" select="'delta.unchanged'"/>
          <xsl:with-param name="n" select="@unchanged"/>
          <xsl:with-param name="a" select="format-number(@unchanged, '#,##0')"/>
        </xsl:call-template>
      </p>
    </section>
  </xsl:template>

  <!-- The first check of a kind opens its group. -->
  <xsl:template match="e:check-change" mode="group">
    <h3 id="checks-{@kind}">
      <xsl:call-template name="badge">
        <xsl:with-param name="kind" select="'check-change'"/>
        <xsl:with-param name="value" select="@kind"/>
      </xsl:call-template>
    </h3>
    <xsl:variable name="word"><xsl:call-template name="label"><xsl:with-param name="id" select="concat('check-change.', @kind)"/></xsl:call-template></xsl:variable>
    <xsl:call-template name="table">
      <xsl:with-param name="id" select="'delta-checks'"/>
      <xsl:with-param name="a" select="string($word)"/>
      <xsl:with-param name="rows" select="key('check-kind', @kind)"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="e:check-change" mode="row">
    <tr id="{@anchor}">
      <th scope="row">
        <xsl:apply-templates select="." mode="place"><xsl:with-param name="name" select="@id"/></xsl:apply-templates>
        <div class="quiet"><bdi><xsl:value-of select="@title"/></bdi></div>
      </th>
      <td>
        <xsl:apply-templates select="@before" mode="state"/>
        <xsl:if test="@before">
          <div class="quiet">
            <xsl:call-template name="amount"><xsl:with-param name="n" select="@before-exceptions"/><xsl:with-param name="of" select="@before-population"/></xsl:call-template>
          </div>
        </xsl:if>
        <xsl:if test="not(@before)"><xsl:call-template name="absent"/></xsl:if>
      </td>
      <td>
        <xsl:apply-templates select="@after" mode="state"/>
        <xsl:if test="@after">
          <div class="quiet">
            <xsl:call-template name="amount">
              <xsl:with-param name="n" select="@after-exceptions"/><xsl:with-param name="of" select="@after-population"/>
              <xsl:with-param name="page"><xsl:if test="not(/e:delta/@alone)"><xsl:value-of select="concat(@page, '#findings')"/></xsl:if></xsl:with-param>
            </xsl:call-template>
          </div>
        </xsl:if>
        <xsl:if test="not(@after)"><xsl:call-template name="absent"/></xsl:if>
      </td>
    </tr>
  </xsl:template>

  <!-- Controls of one framework -->

  <xsl:template match="e:control-changes" mode="body">
    <h3><bdi><xsl:value-of select="@title"/></bdi></h3>
    <p class="section-lead">
      <xsl:call-template name="say">
        <xsl:with-param name="id" select="'delta.controls'"/>
        <xsl:with-param name="a" select="format-number(@gained, '#,##0')"/>
        <xsl:with-param name="b" select="format-number(@lost, '#,##0')"/>
        <xsl:with-param name="c" select="format-number(@compared, '#,##0')"/>
      </xsl:call-template>
    </p>
    <xsl:choose>
      <xsl:when test="e:control-change">
        <xsl:call-template name="table">
          <xsl:with-param name="id" select="'delta-controls'"/>
          <xsl:with-param name="a" select="string(@title)"/>
          <xsl:with-param name="rows" select="e:control-change"/>
        </xsl:call-template>
        <xsl:apply-templates select="." mode="shown"/>
      </xsl:when>
      <xsl:otherwise><xsl:call-template name="empty"><xsl:with-param name="id" select="'delta-controls'"/></xsl:call-template></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="e:control-change" mode="row">
    <tr id="{@anchor}">
      <th scope="row">
        <xsl:apply-templates select="." mode="place"><xsl:with-param name="name" select="@display"/></xsl:apply-templates>
        <xsl:if test="@title != @display"><div class="quiet"><bdi><xsl:value-of select="@title"/></bdi></div></xsl:if>
      </th>
      <td><xsl:apply-templates select="." mode="kind"/></td>
      <td>
        <xsl:apply-templates select="@before" mode="state"/>
        <xsl:if test="not(@before)"><xsl:call-template name="absent"/></xsl:if>
      </td>
      <td>
        <xsl:apply-templates select="@after" mode="state"/>
        <xsl:if test="not(@after)"><xsl:call-template name="absent"/></xsl:if>
      </td>
    </tr>
  </xsl:template>

  <!-- Policy -->

  <xsl:template match="e:version-change" mode="row">
    <tr id="{@anchor}">
      <th scope="row"><xsl:apply-templates select="." mode="place"><xsl:with-param name="name" select="@version"/></xsl:apply-templates></th>
      <td><xsl:apply-templates select="." mode="kind"/></td>
      <td>
        <xsl:apply-templates select="@effective" mode="value"/>
        <xsl:if test="@effective-before">
          <div class="quiet">
            <xsl:call-template name="say">
              <xsl:with-param name="id" select="'delta.was'"/>
              <xsl:with-param name="a"><bdi><xsl:value-of select="@effective-before-text"/></bdi></xsl:with-param>
            </xsl:call-template>
          </div>
        </xsl:if>
      </td>
      <td>
        <xsl:apply-templates select="@recorded" mode="value"/>
        <xsl:if test="not(@recorded)"><xsl:call-template name="unrecorded"/></xsl:if>
      </td>
      <td><xsl:apply-templates select="." mode="people"/></td>
      <td class="n">
        <xsl:call-template name="number">
          <xsl:with-param name="n" select="@decisions"/>
          <xsl:with-param name="page" select="@page[not(/e:delta/@alone)]"/>
        </xsl:call-template>
      </td>
    </tr>
  </xsl:template>

  <xsl:template match="e:rule-change" mode="row">
    <tr id="{@anchor}">
      <th scope="row"><xsl:apply-templates select="." mode="place"><xsl:with-param name="name" select="@rule"/></xsl:apply-templates></th>
      <td><xsl:apply-templates select="@direction" mode="badge"/></td>
      <td><bdi><xsl:value-of select="@words"/></bdi></td>
      <td>
        <xsl:call-template name="page-of">
          <xsl:with-param name="page" select="@version-page"/>
          <xsl:with-param name="name" select="@version"/>
        </xsl:call-template>
        <div class="quiet"><xsl:apply-templates select="@effective" mode="value"/></div>
      </td>
      <td><xsl:apply-templates select="." mode="people"/></td>
    </tr>
  </xsl:template>

  <xsl:template match="*" mode="people">
    <xsl:if test="@author"><div><bdi><xsl:value-of select="@author"/></bdi></div></xsl:if>
    <div class="quiet">
      <xsl:choose>
        <xsl:when test="@approvers">
          <xsl:call-template name="say">
            <xsl:with-param name="id" select="'delta.approved'"/>
            <xsl:with-param name="a"><bdi><xsl:value-of select="@approvers"/></bdi></xsl:with-param>
          </xsl:call-template>
        </xsl:when>
        <xsl:otherwise><xsl:call-template name="label"><xsl:with-param name="id" select="'delta.not-approved'"/></xsl:call-template></xsl:otherwise>
      </xsl:choose>
    </div>
    <xsl:if test="@ticket"><div class="quiet"><bdi class="id"><xsl:value-of select="@ticket"/></bdi></div></xsl:if>
  </xsl:template>

  <xsl:template match="e:rule-presence" mode="row">
    <tr id="{@anchor}">
      <th scope="row"><xsl:apply-templates select="." mode="place"><xsl:with-param name="name" select="@rule"/></xsl:apply-templates></th>
      <td><xsl:apply-templates select="." mode="kind"/></td>
      <td><bdi><xsl:value-of select="@words"/></bdi></td>
    </tr>
  </xsl:template>

  <!-- Owners -->

  <xsl:template match="e:hand-over" mode="row">
    <tr id="{@anchor}">
      <th scope="row"><xsl:apply-templates select="." mode="place"><xsl:with-param name="name" select="@rule"/></xsl:apply-templates></th>
      <td><xsl:apply-templates select="." mode="kind"/></td>
      <td><xsl:apply-templates select="@before" mode="party"/></td>
      <td><xsl:apply-templates select="@after" mode="party"/></td>
    </tr>
  </xsl:template>

  <xsl:template match="@*" mode="party"><bdi><xsl:value-of select="."/></bdi></xsl:template>
  <xsl:template match="@*[. = '-']" mode="party">
    <xsl:call-template name="badge"><xsl:with-param name="kind" select="'owner-status'"/><xsl:with-param name="value" select="'none'"/></xsl:call-template>
  </xsl:template>

  <xsl:template match="e:gap-change" mode="row">
    <tr id="{@anchor}">
      <th scope="row"><xsl:apply-templates select="." mode="place"><xsl:with-param name="name" select="@rule"/></xsl:apply-templates></th>
      <td><xsl:apply-templates select="." mode="kind"/></td>
      <td>
        <xsl:call-template name="badge"><xsl:with-param name="kind" select="'stretch'"/><xsl:with-param name="value" select="@what"/></xsl:call-template>
      </td>
      <td><xsl:apply-templates select="." mode="span"/></td>
    </tr>
  </xsl:template>

  <!-- Findings -->

  <xsl:template match="e:finding-change" mode="row">
    <tr id="{@anchor}">
      <th scope="row"><xsl:apply-templates select="." mode="place"><xsl:with-param name="name" select="@id"/></xsl:apply-templates></th>
      <td>
        <xsl:apply-templates select="@result" mode="badge"/>
        <xsl:if test="@before">
          <div class="quiet">
            <xsl:call-template name="say">
              <xsl:with-param name="id" select="'delta.was'"/>
              <xsl:with-param name="a"><xsl:call-template name="word"><xsl:with-param name="kind" select="'result'"/><xsl:with-param name="value" select="@before"/></xsl:call-template></xsl:with-param>
            </xsl:call-template>
          </div>
        </xsl:if>
      </td>
      <td><bdi><xsl:value-of select="@summary"/></bdi></td>
      <td>
        <bdi class="id"><xsl:value-of select="@subject"/></bdi>
        <div class="quiet"><xsl:call-template name="word"><xsl:with-param name="kind" select="'subject'"/><xsl:with-param name="value" select="@subject-kind"/></xsl:call-template></div>
      </td>
      <td class="n">
        <xsl:call-template name="amount">
          <xsl:with-param name="n" select="@n"/><xsl:with-param name="of" select="@of"/>
          <xsl:with-param name="page" select="@page[not(/e:delta/@alone)]"/>
        </xsl:call-template>
      </td>
    </tr>
  </xsl:template>

  <!-- Sums and rulers -->

  <xsl:template match="e:figure" mode="row">
    <tr>
      <th scope="row"><xsl:call-template name="label"><xsl:with-param name="id" select="concat('figure.', @name)"/></xsl:call-template></th>
      <xsl:apply-templates select="." mode="amounts"/>
    </tr>
  </xsl:template>

  <xsl:template match="e:class-change" mode="row">
    <tr>
      <th scope="row"><xsl:apply-templates select="@class" mode="badge"/></th>
      <xsl:apply-templates select="." mode="amounts"/>
    </tr>
  </xsl:template>

  <!-- Alone, there is no glossary to lead to. -->
  <xsl:template match="e:class-change[/e:delta/@alone]/@class" mode="badge" priority="2">
    <b><xsl:call-template name="word"><xsl:with-param name="kind" select="'class'"/><xsl:with-param name="value" select="string(.)"/></xsl:call-template></b>
    <div><code class="quiet"><xsl:value-of select="."/></code></div>
  </xsl:template>

  <xsl:template match="*" mode="amounts">
    <td class="n"><xsl:call-template name="share-of"><xsl:with-param name="n" select="@before"/><xsl:with-param name="of" select="@before-of"/></xsl:call-template></td>
    <td class="n"><xsl:value-of select="@before-share"/></td>
    <td class="n">
      <xsl:call-template name="share-of">
        <xsl:with-param name="n" select="@after"/><xsl:with-param name="of" select="@after-of"/>
        <xsl:with-param name="page"><xsl:if test="not(/e:delta/@alone)"><xsl:apply-templates select="." mode="opens-at"/></xsl:if></xsl:with-param>
      </xsl:call-template>
    </td>
    <td class="n"><xsl:value-of select="@after-share"/></td>
  </xsl:template>

  <!-- Where the rows of a sum of this pack stand. -->
  <xsl:template match="e:figure" mode="opens-at">reconciliation.html</xsl:template>
  <xsl:template match="e:class-change" mode="opens-at">index.html#classes</xsl:template>
  <xsl:template match="*[@page]" mode="opens-at" priority="1"><xsl:value-of select="@page"/></xsl:template>

  <xsl:template name="share-of">
    <xsl:param name="n"/>
    <xsl:param name="of"/>
    <xsl:param name="page"/>
    <xsl:choose>
      <xsl:when test="$of">
        <xsl:call-template name="amount">
          <xsl:with-param name="n" select="$n"/><xsl:with-param name="of" select="$of"/><xsl:with-param name="page" select="$page"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:otherwise>
        <xsl:call-template name="number"><xsl:with-param name="n" select="$n"/><xsl:with-param name="page" select="$page"/></xsl:call-template>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="e:ruler" mode="row">
    <tr>
      <th scope="row"><bdi class="id"><xsl:value-of select="@name"/></bdi></th>
      <td><xsl:call-template name="label"><xsl:with-param name="id" select="concat('ruler.', @kind)"/></xsl:call-template></td>
      <td><xsl:apply-templates select="." mode="ruled"><xsl:with-param name="value" select="@before"/></xsl:apply-templates></td>
      <td><xsl:apply-templates select="." mode="ruled"><xsl:with-param name="value" select="@after"/></xsl:apply-templates></td>
    </tr>
  </xsl:template>

  <xsl:template match="e:ruler" mode="ruled">
    <xsl:param name="value"/>
    <xsl:choose>
      <xsl:when test="$value"><bdi class="id"><xsl:value-of select="$value"/></bdi></xsl:when>
      <xsl:otherwise><xsl:call-template name="absent"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Cells -->

  <xsl:template match="e:check-change/@before | e:check-change/@after" mode="state">
    <xsl:call-template name="badge"><xsl:with-param name="kind" select="'result'"/><xsl:with-param name="value" select="string(.)"/></xsl:call-template>
  </xsl:template>

  <xsl:template match="e:control-change/@before | e:control-change/@after" mode="state">
    <xsl:call-template name="badge"><xsl:with-param name="kind" select="'state'"/><xsl:with-param name="value" select="string(.)"/></xsl:call-template>
  </xsl:template>

  <!-- What became of it: each row's own set of words -->
  <xsl:template match="*" mode="kind">
    <xsl:call-template name="badge"><xsl:with-param name="kind" select="local-name()"/><xsl:with-param name="value" select="@kind"/></xsl:call-template>
  </xsl:template>

  <xsl:template match="*" mode="place">
    <xsl:param name="name"/>
    <xsl:call-template name="page-of"><xsl:with-param name="page" select="@page"/><xsl:with-param name="name" select="$name"/></xsl:call-template>
    <xsl:if test="not(@page) and @earlier-page">
      <div class="quiet">
        <xsl:call-template name="say">
          <xsl:with-param name="id" select="'delta.earlier-page'"/>
          <xsl:with-param name="a"><code><xsl:value-of select="@earlier-page"/></code></xsl:with-param>
        </xsl:call-template>
      </div>
    </xsl:if>
  </xsl:template>

  <!-- A name that opens its page in this pack; alone, the page is named. -->
  <xsl:template name="page-of">
    <xsl:param name="page"/>
    <xsl:param name="name"/>
    <xsl:choose>
      <xsl:when test="/e:delta/@alone or not($page)">
        <bdi class="id"><xsl:value-of select="$name"/></bdi>
        <xsl:if test="$page"><div><code class="quiet"><xsl:value-of select="$page"/></code></div></xsl:if>
      </xsl:when>
      <xsl:otherwise><a href="{$up}{$page}"><bdi class="id"><xsl:value-of select="$name"/></bdi></a></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="absent">
    <span class="quiet"><xsl:call-template name="label"><xsl:with-param name="id" select="'delta.absent'"/></xsl:call-template></span>
  </xsl:template>

  <xsl:template name="unrecorded">
    <span class="quiet"><xsl:call-template name="label"><xsl:with-param name="id" select="'value.unrecorded'"/></xsl:call-template></span>
  </xsl:template>

</xsl:stylesheet>
