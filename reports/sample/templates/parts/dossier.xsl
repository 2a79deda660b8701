<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     What the dossiers of rules and controls share: their place in the pack, findings in full, and the blanks to sign.
  INPUT       <context>; <check-words>, <check-ref>; <findings> with <finding-ref>; <source-digests>.
  KEYS        finding-of-check   findings of the document by the id of their check
  VARIABLES   here, up   the place of the dossier; its document names it
  MODES       in-full   a finding as its own page says it, or in short past the cap
              stretch   one stretch of a finding, as an item of a list
  TEMPLATES   where (what the dossier belongs to), words (a long fact), cut (how much of a list stands here),
              findings-of-check, limits, dossier-sign-off
  NOTES       A dossier reads the same document as the page of its rule or control, and nothing else.
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1" exclude-result-prefixes="e">

  <xsl:key name="finding-of-check" match="e:findings/e:finding-ref" use="@check"/>

  <xsl:variable name="here" select="string($context/@dossier)"/>
  <xsl:variable name="up" select="'../../'"/>
  <xsl:variable name="form" select="' dossier'"/>

  <!-- The way here leads over the page that the dossier expands. -->
  <xsl:template match="e:context" mode="path">
    <div class="path">
      <nav class="crumbs">
        <xsl:attribute name="aria-label">
          <xsl:call-template name="label"><xsl:with-param name="id" select="'frame.crumbs'"/></xsl:call-template>
        </xsl:attribute>
        <ol>
          <xsl:apply-templates select="e:crumb" mode="crumb"/>
          <li><a href="{$up}{@page}"><bdi><xsl:value-of select="/*/@title"/></bdi></a></li>
        </ol>
      </nav>
    </div>
  </xsl:template>

  <!-- Facts of the title block that rules and controls share -->
  <xsl:template name="where">
    <xsl:call-template name="fact">
      <xsl:with-param name="name" select="'organisation'"/>
      <xsl:with-param name="value"><bdi><xsl:value-of select="$context/@organisation"/></bdi></xsl:with-param>
    </xsl:call-template>
    <xsl:call-template name="fact">
      <xsl:with-param name="name" select="'period'"/>
      <xsl:with-param name="value"><xsl:value-of select="$context/@period-text"/></xsl:with-param>
    </xsl:call-template>
    <xsl:call-template name="fact">
      <xsl:with-param name="name" select="'pack-id'"/>
      <xsl:with-param name="value">
        <xsl:call-template name="label"><xsl:with-param name="id" select="'dossier.pack'"/></xsl:call-template>
      </xsl:with-param>
    </xsl:call-template>
    <xsl:call-template name="fact">
      <xsl:with-param name="name" select="'dossier-of'"/>
      <xsl:with-param name="value">
        <a href="{$up}{$context/@page}"><code><xsl:value-of select="$context/@page"/></code></a>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- A fact that is a sentence or more: label beside text -->
  <xsl:template name="words">
    <xsl:param name="name"/>
    <xsl:param name="text"/>
    <xsl:if test="string($text) != ''">
      <xsl:call-template name="fact">
        <xsl:with-param name="name" select="$name"/>
        <xsl:with-param name="value"><bdi><xsl:value-of select="$text"/></bdi></xsl:with-param>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>

  <xsl:template name="cut">
    <xsl:param name="n"/>
    <xsl:param name="of"/>
    <xsl:param name="page"/>
    <xsl:if test="$of &gt; $n">
      <p class="shown">
        <xsl:call-template name="say">
          <xsl:with-param name="id" select="'dossier.cut'"/>
          <xsl:with-param name="a" select="format-number($n, '#,##0')"/>
          <xsl:with-param name="b" select="format-number($of, '#,##0')"/>
          <xsl:with-param name="c"><a href="{$up}{$page}"><code><xsl:value-of select="$page"/></code></a></xsl:with-param>
        </xsl:call-template>
      </p>
    </xsl:if>
  </xsl:template>

  <!-- Findings -->

  <xsl:template match="e:check-words | e:check-ref" mode="words">
    <xsl:call-template name="words">
      <xsl:with-param name="name" select="'question'"/><xsl:with-param name="text" select="@question"/>
    </xsl:call-template>
    <xsl:call-template name="words">
      <xsl:with-param name="name" select="'method'"/><xsl:with-param name="text" select="@method"/>
    </xsl:call-template>
    <xsl:call-template name="words">
      <xsl:with-param name="name" select="'population'"/><xsl:with-param name="text" select="@population-text"/>
    </xsl:call-template>
    <xsl:call-template name="words">
      <xsl:with-param name="name" select="'cannot-show'"/><xsl:with-param name="text" select="@cannot-show"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="e:check-words | e:check-ref" mode="heading">
    <h3>
      <a href="{$up}{@page}"><bdi class="id"><xsl:value-of select="@id"/></bdi></a>
      <xsl:text> </xsl:text>
      <bdi><xsl:value-of select="@title"/></bdi>
    </h3>
  </xsl:template>

  <xsl:template match="e:finding-ref" mode="in-full">
    <article class="finding" id="{@anchor}">
      <h4>
        <xsl:apply-templates select="@result" mode="badge"/>
        <xsl:text> </xsl:text>
        <a href="{$up}{@page}"><bdi class="id"><xsl:value-of select="@id"/></bdi></a>
      </h4>
      <p><bdi><xsl:value-of select="@summary"/></bdi></p>
      <p class="counted">
        <xsl:call-template name="amount">
          <xsl:with-param name="n" select="@n"/>
          <xsl:with-param name="of" select="@of"/>
          <xsl:with-param name="page" select="@page"/>
        </xsl:call-template>
        <xsl:if test="not(/e:rule)">
          <xsl:text> · </xsl:text>
          <xsl:call-template name="word">
            <xsl:with-param name="kind" select="'subject'"/>
            <xsl:with-param name="value" select="@subject-kind"/>
          </xsl:call-template>
          <xsl:text> </xsl:text>
          <xsl:call-template name="link">
            <xsl:with-param name="page" select="@subject-page"/>
            <xsl:with-param name="text"><bdi class="id"><xsl:value-of select="@subject"/></bdi></xsl:with-param>
          </xsl:call-template>
        </xsl:if>
      </p>
      <xsl:if test="@paragraphs">
        <xsl:apply-templates select="e:p" mode="in-full"/>
        <xsl:call-template name="cut">
          <xsl:with-param name="n" select="count(e:p)"/>
          <xsl:with-param name="of" select="@paragraphs"/>
          <xsl:with-param name="page" select="@page"/>
        </xsl:call-template>
        <xsl:if test="e:stretch"><ul class="plain"><xsl:apply-templates select="e:stretch" mode="stretch"/></ul></xsl:if>
        <xsl:call-template name="cut">
          <xsl:with-param name="n" select="count(e:stretch)"/>
          <xsl:with-param name="of" select="@stretches"/>
          <xsl:with-param name="page" select="@page"/>
        </xsl:call-template>
        <xsl:if test="e:missing">
          <p class="label"><xsl:call-template name="label"><xsl:with-param name="id" select="'section.missing'"/></xsl:call-template></p>
          <ul class="missing"><xsl:apply-templates select="e:missing" mode="row"/></ul>
        </xsl:if>
      </xsl:if>
    </article>
  </xsl:template>

  <xsl:template match="e:p" mode="in-full"><p><bdi><xsl:value-of select="."/></bdi></p></xsl:template>

  <xsl:template match="e:stretch" mode="stretch">
    <li id="{@anchor}">
      <xsl:apply-templates select="@kind" mode="badge"/>
      <xsl:text> </xsl:text>
      <xsl:apply-templates select="." mode="span"/>
      <xsl:text>, </xsl:text>
      <xsl:value-of select="@length-text"/>
      <xsl:if test="@owners != '' and @owners != '-'">
        <xsl:text>: </xsl:text>
        <bdi><xsl:value-of select="@owners"/></bdi>
      </xsl:if>
    </li>
  </xsl:template>

  <!-- What the records cannot show -->
  <xsl:template name="limits">
    <p>
      <xsl:call-template name="label"><xsl:with-param name="id" select="'dossier.limits'"/></xsl:call-template>
    </p>
    <xsl:call-template name="prose"><xsl:with-param name="id" select="'scope'"/></xsl:call-template>
  </xsl:template>

  <!-- Files and their digests -->

  <xsl:template match="e:source-digests" mode="body">
    <xsl:call-template name="table">
      <xsl:with-param name="id" select="'dossier-sources'"/>
      <xsl:with-param name="rows" select="e:source-digest"/>
    </xsl:call-template>
    <xsl:call-template name="cut">
      <xsl:with-param name="n" select="@shown"/>
      <xsl:with-param name="of" select="@of"/>
      <xsl:with-param name="page" select="@page"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="e:source-digest" mode="row">
    <tr>
      <th scope="row"><bdi class="id"><xsl:value-of select="@name"/></bdi></th>
      <td>
        <xsl:call-template name="word">
          <xsl:with-param name="kind" select="'input'"/>
          <xsl:with-param name="value" select="@kind"/>
        </xsl:call-template>
        <xsl:if test="@version">
          <xsl:text> </xsl:text>
          <xsl:call-template name="link">
            <xsl:with-param name="page" select="@version-page"/>
            <xsl:with-param name="text"><bdi class="id"><xsl:value-of select="@version"/></bdi></xsl:with-param>
          </xsl:call-template>
        </xsl:if>
      </td>
      <td>
        <xsl:apply-templates select="@sha256" mode="value"/>
        <xsl:if test="not(@sha256)">
          <span class="quiet"><xsl:call-template name="label"><xsl:with-param name="id" select="'value.no-digest'"/></xsl:call-template></span>
        </xsl:if>
      </td>
    </tr>
  </xsl:template>

  <!-- Blanks: the digest that names the pack, and who prepared and reviewed -->
  <xsl:template name="dossier-sign-off">
    <section id="sign-digest" class="form">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'sign-digest'"/></xsl:call-template>
      <xsl:call-template name="digest-form"/>
    </section>
    <section id="sign-people" class="form">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'sign-people'"/></xsl:call-template>
      <xsl:call-template name="table">
        <xsl:with-param name="id" select="'sign-people'"/>
        <xsl:with-param name="written">
          <xsl:apply-templates select="$strings/strings/prose[@id = 'sign-people']/s" mode="form"/>
        </xsl:with-param>
      </xsl:call-template>
    </section>
  </xsl:template>

</xsl:stylesheet>
